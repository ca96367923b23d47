import { OpenPage } from './open-page.tsx';
import { PlanPage } from './plan-page.tsx';
import './portal.css';
import './tasks.css';

/** The whole portal: the page that a mail's link opens, and the plan. */
export function Portal() {
  return location.pathname === '/portal/open' ? <OpenPage /> : <PlanPage />;
}
