using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.State;

namespace Tarn.ContinuousQueries.Snapshots;

/// <summary>
/// When a view's snapshots are written. One at a time, beside the loop that goes on counting; a failed write is
/// logged and tried again when the next one is due. Called by the view's loop only.
/// </summary>
internal sealed partial class ViewSnapshots(
    ViewSpec spec, ContinuousQueriesOptions options, TimeProvider time, ILogger logger) : IViewSnapshots
{
    private static readonly TimeSpan WaitMin = TimeSpan.FromMilliseconds(100);
    private Task _write = Task.CompletedTask;
    private Progress _written = new(0, 0, 0);
    private long _writtenAt = time.GetTimestamp();
    private bool _soon;

    private readonly SnapshotFolder _folder = new(Path.Combine(options.Directory, spec.Id), logger);

    public bool HasFiles => _folder.HasFiles;

    public TimeSpan UntilDue
    {
        get
        {
            var rest = options.SnapshotInterval - time.GetElapsedTime(_writtenAt);
            return rest > WaitMin ? rest : WaitMin;
        }
    }

    public static string HashOf(ViewPlan plan) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(plan.Fingerprint)));

    public ViewState NewState(ViewPlan plan) => new(plan, spec.Options, sink: null);

    public (SnapshotHeader Header, ViewState State)? Read(ViewPlan plan, long now) =>
        _folder.Read(() => NewState(plan), spec.Id, HashOf(plan), now);

    public void Loaded(long consumed, int endedShards, long version) =>
        Volatile.Write(ref _written, new Progress(consumed, endedShards, version));

    public bool IsBehind(long consumed, int endedShards, long version) =>
        Volatile.Read(ref _written) != new Progress(consumed, endedShards, version);

    public void WriteSoon() => _soon = true;

    public Task WaitForRoomAsync(long consumed, CancellationToken cancellation) => Task.CompletedTask;

    public void Delete() => _folder.Delete();

    public void WriteIfDue(Func<bool> isDirty, Func<(SnapshotHeader Header, FrozenView State)> freeze)
    {
        var isDue = _soon || time.GetElapsedTime(_writtenAt) >= options.SnapshotInterval;
        if (isDue && _write.IsCompleted && isDirty())
        {
            Begin(freeze);
        }
    }

    public async Task FinishAsync(Func<bool> isDirty, Func<(SnapshotHeader Header, FrozenView State)> freeze)
    {
        await _write.ConfigureAwait(false);
        if (isDirty())
        {
            Begin(freeze);
            await _write.ConfigureAwait(false);
        }
    }

    private void Begin(Func<(SnapshotHeader Header, FrozenView State)> freeze)
    {
        _soon = false;
        _writtenAt = time.GetTimestamp();
        var (header, state) = freeze();
        _write = Task.Run(() => Write(header, state));
    }

    private void Write(SnapshotHeader header, FrozenView state)
    {
        try
        {
            var began = time.GetTimestamp();
            _folder.Write(header, state);
            Volatile.Write(ref _written, new Progress(
                header.Records + header.BadRecords + header.LateRecords,
                header.Inputs.Sum(input => input.Shards.Count(shard => shard.Ended)), header.ViewVersion));
            Wrote(spec.Name, state.Leaves.Sum(leaf => leaf.Count), (long)time.GetElapsedTime(began).TotalMilliseconds);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            NotWritten(spec.Name, cause.Message);
        }
    }

    private sealed record Progress(long Consumed, int EndedShards, long Version);

    [LoggerMessage(6310, LogLevel.Debug,
        "materialized view '{View}': snapshot of {Groups} groups in {Milliseconds} ms")]
    private partial void Wrote(string view, int groups, long milliseconds);

    [LoggerMessage(6311, LogLevel.Warning, "materialized view '{View}': its snapshot was not written: {Reason}")]
    private partial void NotWritten(string view, string reason);
}
