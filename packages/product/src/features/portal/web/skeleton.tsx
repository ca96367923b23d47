/** The layout of the plan before it is here. */
export function Skeleton() {
  return (
    <div aria-busy="true">
      <p className="sr">Your plan is loading.</p>
      <div className="panel next bones" aria-hidden="true">
        <span className="bone bone-short" />
        <span className="bone bone-title" />
        <span className="bone" />
        <span className="bone bone-half" />
        <span className="bone bone-button" />
      </div>
      <div className="panel bones" aria-hidden="true">
        <span className="bone bone-short" />
        <span className="bone" />
        <span className="bone" />
        <span className="bone bone-half" />
      </div>
    </div>
  );
}
