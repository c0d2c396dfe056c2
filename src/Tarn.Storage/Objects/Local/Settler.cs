using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects.Local.Versions;

namespace Tarn.Storage.Objects.Local;

/// <summary>
/// Behind the acknowledged puts and deletes: syncs the folders whose names changed, then lets the rows say so.
/// Nothing waits for it; what it has not done when the process ends, <see cref="Recovery"/> does at the next start.
/// Many changes share one sync, so it collects for a moment first. A failure is logged and leaves the rows as they
/// are, which is safe.
/// </summary>
internal sealed partial class Settler : IAsyncDisposable
{
    private const int BatchMax = 1000;
    private static readonly TimeSpan CollectFor = TimeSpan.FromSeconds(1);

    private readonly StorageFolders _folders;
    private readonly ObjectIndex _index;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<Settlement> _queue = Channel.CreateBounded<Settlement>(10 * BatchMax);
    private readonly Task _loop;

    public Settler(StorageFolders folders, ObjectIndex index, TimeProvider clock, ILogger log)
    {
        _folders = folders;
        _index = index;
        _clock = clock;
        _log = log;
        _loop = Task.Run(RunAsync);
    }

    public ValueTask AddAsync(Settlement settlement) => _queue.Writer.WriteAsync(settlement);

    /// <summary>What a put or delete did to earlier versions.</summary>
    public async Task AddVersionsAsync(ObjectKey key, ObjectRow? archived, VersionRow? removed)
    {
        if (archived is not null)
        {
            await AddAsync(Settlement.OfVersion(key, archived.Id, SettlementKind.VersionPlaced))
                .ConfigureAwait(false);
        }

        if (removed is { IsMarker: false })
        {
            await AddAsync(Settlement.OfVersion(key, removed.Row.Id, SettlementKind.VersionRemoved))
                .ConfigureAwait(false);
        }
    }

    /// <summary>Syncs the folders of all these names, then notes it in the index.</summary>
    public static async Task SettleAsync(
        StorageFolders folders, ObjectIndex index, IReadOnlyCollection<Settlement> batch)
    {
        var touched = new HashSet<string>(StringComparer.Ordinal) { folders.Objects };
        foreach (var (key, path, _, kind) in batch)
        {
            if (kind is SettlementKind.VersionPlaced or SettlementKind.VersionRemoved)
            {
                touched.Add(folders.Versions);
                touched.Add(Path.Combine(folders.Versions, key.Bucket));
                continue;
            }

            var folder = Path.GetDirectoryName(Path.Combine(folders.Objects, key.Bucket, path))!;
            while (touched.Add(folder))
            {
                folder = Path.GetDirectoryName(folder)!;
            }
        }

        foreach (var folder in touched)
        {
            FileSync.TrySyncFolder(folder);
        }

        await index.SettleAsync(batch).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        var batch = new List<Settlement>();
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            if (_queue.Reader.Count < BatchMax)
            {
                await CollectAsync().ConfigureAwait(false);
            }

            while (batch.Count < BatchMax && _queue.Reader.TryRead(out var settlement))
            {
                batch.Add(settlement);
            }

            try
            {
                await SettleAsync(_folders, _index, batch).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is IOException or TarnException)
            {
                LogNotSettled(_log, batch.Count, failure);
            }

            batch.Clear();
        }
    }

    private async Task CollectAsync()
    {
        try
        {
            await Task.Delay(CollectFor, _clock, _stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopping: what is there is settled without delay.
        }
    }

    [LoggerMessage(2001, LogLevel.Warning, "{Count} file names could not be synced; done again at the next start")]
    private static partial void LogNotSettled(ILogger log, int count, Exception failure);
}
