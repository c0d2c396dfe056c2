using Tarn.Catalog.Tables;
using Tarn.Delivery.Lanes;
using Tarn.Query.Sources;
using Tarn.Storage.Objects;

namespace Tarn.Delivery.Hybrid;

/// <summary>Turns of the lanes that feed a table, held while its objects are listed.</summary>
internal sealed class HybridMoment(Table table, IReadOnlyList<DeliveryLane> lanes, TailStaging staging) : IHybridMoment
{
    private readonly List<CommitTurns.Turn> _turns = [];
    private readonly HashSet<ObjectKey> _uncommitted = [];

    public void Add(CommitTurns.Turn turn) => _turns.Add(turn);

    /// <summary>
    /// Before the listing: objects of a plan that is dropped meanwhile are listed, and no checkpoint names them then.
    /// </summary>
    public async Task BeginAsync(CancellationToken cancellation)
    {
        foreach (var lane in lanes)
        {
            await ReadCheckpointsAsync(lane, cancellation).ConfigureAwait(false);
        }
    }

    public async Task<HybridTail> ReadAsync(CancellationToken cancellation)
    {
        var starts = new List<(DeliveryLane Lane, IReadOnlyList<TailStart> Starts)>();
        foreach (var lane in lanes)
        {
            starts.Add((lane, await ReadCheckpointsAsync(lane, cancellation).ConfigureAwait(false)));
        }

        // The checkpoints say what of the log is missing: from here on deliveries may go on.
        Dispose();
        var files = new List<HybridFile>();
        try
        {
            foreach (var (lane, shards) in starts)
            {
                foreach (var start in shards)
                {
                    await staging.StageAsync(table, lane, start, files, cancellation).ConfigureAwait(false);
                }
            }

            return new HybridTail(_uncommitted, files);
        }
        catch (Exception)
        {
            files.ForEach(file => file.File.Dispose());
            throw;
        }
    }

    public void Dispose() => _turns.ForEach(turn => turn.Dispose());

    private async Task<IReadOnlyList<TailStart>> ReadCheckpointsAsync(
        DeliveryLane lane, CancellationToken cancellation)
    {
        var (starts, uncommitted) = await staging.ReadAsync(lane, cancellation).ConfigureAwait(false);
        _uncommitted.UnionWith(uncommitted);
        return starts;
    }
}
