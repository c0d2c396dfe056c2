namespace Tarn.Delivery.Endpoints;

/// <summary>Posts batches of records to HTTP endpoints. Thread-safe.</summary>
public interface IRecordEndpoint
{
    /// <summary>
    /// Posts once; does not retry. What goes wrong is an answer; throws only <see cref="OperationCanceledException"/>.
    /// </summary>
    Task<EndpointAnswer> PostAsync(EndpointPost post, CancellationToken cancellation);
}
