import { request } from '@gangway/web/kit/api/request.ts';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

/** Asks for a mail address and sends a link there. The answer is the same whether or not the address is known. */
export function AskForLink() {
  const [email, setEmail] = useState('');
  const [complaint, setComplaint] = useState<string>();
  const ask = useMutation({ mutationFn: () => request<void>('/api/sign-in/request', { method: 'POST', body: { email: email.trim() } }) });
  useEffect(() => {
    document.title = 'Sign in · Gangway';
  }, []);
  if (ask.isSuccess) return <LinkSent email={email.trim()} onAgain={() => ask.reset()} />;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const wrong = /^\S+@\S+\.\S+$/.test(email.trim()) ? undefined : 'Enter a mail address, such as ada@example.com.';
        setComplaint(wrong);
        if (!wrong) ask.mutate();
      }}
    >
      <Stack gap="md">
        <div>
          <h1>Sign in to Gangway</h1>
          <p>We send you a link. There is no password.</p>
        </div>
        <TextInput
          type="email"
          label="Mail address"
          autoComplete="email"
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={complaint}
        />
        <ProblemNotice error={ask.error} />
        <Button type="submit" size="md" loading={ask.isPending}>
          Send link
        </Button>
      </Stack>
    </form>
  );
}

function LinkSent({ email, onAgain }: { email: string; onAgain: () => void }) {
  return (
    <Stack gap="md" role="status">
      <div>
        <h1>Look into your mail</h1>
        <p>
          If {email} belongs to this workspace, a link is on its way. It works once, within 30 minutes. Where no mail server is set, take
          the link that the server prints when it starts.
        </p>
      </div>
      <Button variant="default" onClick={onAgain}>
        Use another address
      </Button>
    </Stack>
  );
}
