namespace Tarn.Jobs.Inputs;

/// <summary>That a job has used an object, in which version and by which run. One resource per object.</summary>
/// <remarks>
/// Layout: resource kind <c>job-input</c>, name <c>&lt;job&gt;/&lt;bucket&gt;/&lt;key&gt;</c>, spec
/// <c>{"run":12,"etag":"…"}</c>.
/// </remarks>
internal sealed record UsedInput(long Run, string Etag);
