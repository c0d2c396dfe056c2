using Microsoft.Extensions.Logging;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;

namespace Tarn.Query.Writing.Commits;

/// <summary>
/// Removes, before the first query of a start, what statements left that a stop cut off. What was committed stays.
/// </summary>
internal sealed partial class WriteRecovery(IObjectStore objects, WriteStore writes, ILogger<WriteRecovery> log)
{
    /// <summary>The writes that were committed and not forgotten yet, by execution.</summary>
    public async Task<IReadOnlyDictionary<string, WriteSummary>> RunAsync(CancellationToken cancellation)
    {
        var committed = new Dictionary<string, WriteSummary>(StringComparer.Ordinal);
        foreach (var (id, record) in await writes.ListAllAsync(cancellation).ConfigureAwait(false))
        {
            try
            {
                if (record.State == WriteState.Done)
                {
                    committed[id] = new WriteSummary(record.Rows, record.Objects, record.Manifest);
                }
                else
                {
                    foreach (var key in record.Objects.Append(record.Manifest))
                    {
                        await objects.DeleteAsync(ObjectKey.Parse(key), cancellation).ConfigureAwait(false);
                    }

                    LogRemoved(record.Objects.Count, id);
                }

                await writes.RemoveAsync(id, record, cancellation).ConfigureAwait(false);
            }
            catch (TarnException failure)
            {
                LogLeft(failure, id);
            }
        }

        return committed;
    }

    [LoggerMessage(1, LogLevel.Information, "removed the {Count} objects of query {Id}, which a stop cut off")]
    private partial void LogRemoved(int count, string id);

    [LoggerMessage(2, LogLevel.Warning, "objects of query {Id}, which a stop cut off, are left and stay hidden")]
    private partial void LogLeft(Exception failure, string id);
}
