using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.History;

/// <summary>A server without a lake.</summary>
internal sealed class NoRecordHistory : IRecordHistory
{
    public Task<RecordHistory> OpenAsync(string stream, CancellationToken cancellation) =>
        Task.FromException<RecordHistory>(new TarnException(
            ErrorKind.Unsupported, $"stream '{stream}' is not delivered to a table"));
}
