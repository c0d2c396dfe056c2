namespace Tarn.Jobs.Runs;

/// <summary>A run's record and the version that the metadata store holds of it.</summary>
internal sealed record StoredRun(RunResource Resource, long Version)
{
    public JobRun Run => Resource.Run;
}
