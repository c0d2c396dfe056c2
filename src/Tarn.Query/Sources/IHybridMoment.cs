namespace Tarn.Query.Sources;

/// <summary>
/// Deliveries to a table held still, while its objects are listed and opened. Disposing lets them go on.
/// </summary>
public interface IHybridMoment : IDisposable
{
    /// <summary>
    /// To be called once, after the listing: what of it does not count, and what is missing in it. Lets deliveries go
    /// on. The caller disposes the files.
    /// </summary>
    Task<HybridTail> ReadAsync(CancellationToken cancellation);
}
