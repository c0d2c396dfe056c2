namespace Tarn.ContinuousQueries.History;

/// <summary>Where records of streams can be had back that the streams no longer keep. Thread-safe.</summary>
public interface IRecordHistory
{
    /// <summary>
    /// What there is of a stream at this moment. Throws Unsupported, with the reason, when its records cannot be had
    /// back whole, each once.
    /// </summary>
    Task<RecordHistory> OpenAsync(string stream, CancellationToken cancellation);
}
