namespace Tarn.Jobs.Runs;

/// <summary>Where a job stands between its runs.</summary>
/// <remarks>
/// Layout: resource kind <c>job-bookmark</c>, name of the job, spec <c>{"liveRun":12,"previousRun":11}</c>; only
/// jobs that replace their target have one. The inputs used by jobs with a bookmark are <c>job-input</c> resources.
/// </remarks>
/// <param name="LiveRun">The run whose files are the target's content.</param>
/// <param name="PreviousRun">The one before, whose files stay until the next switch for queries that still read
/// them; 0: none.</param>
internal sealed record JobBookmark(long LiveRun, long PreviousRun)
{
    public const string Kind = "job-bookmark";
}
