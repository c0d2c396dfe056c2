using Tarn.Jobs.Inputs;

namespace Tarn.Jobs.Runs;

/// <summary>A run as it is stored: what is shown of it, and what is needed to do it again.</summary>
/// <remarks>
/// Layout: resource kind <c>job-run</c>, name <c>&lt;job&gt;/&lt;999999999999 minus run number, 12 digits&gt;</c>
/// so that the newest comes first, spec
/// <c>{"run":{"number":12,"job":"…","state":"Running","startedAt":"…","endedAt":null,"inputObjects":0,
/// "inputBytes":0,"outputObjects":0,"outputRows":0,"outputBytes":0,"error":null},
/// "inputs":[…],"outputs":["s3://…"]}</c>.
/// </remarks>
internal sealed record RunResource
{
    public required JobRun Run { get; init; }

    /// <summary>Of a run under way: exactly what it reads of the bookmark table. Empty once it has ended.</summary>
    public IReadOnlyList<JobInput> Inputs { get; init; } = [];

    /// <summary>
    /// Objects that may stand but are not committed: of a run under way what it is to write, of a failed one what
    /// could not be removed yet. Empty once it has succeeded.
    /// </summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];
}
