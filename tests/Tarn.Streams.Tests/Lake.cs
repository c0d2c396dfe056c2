using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tarn.Primitives.Identity;
using Tarn.Storage.Metadata;
using Tarn.Streams.Consumers;
using Tarn.Streams.Faults;
using Tarn.Streams.Hosting;
using Tarn.Streams.Metrics;
using Tarn.Streams.Records;
using Tarn.Streams.Resharding;
using Tarn.Streams.Segments;
using Tarn.Streams.Shards;
using Tarn.Testing;

namespace Tarn.Streams.Tests;

/// <summary>
/// Streams on real files in a directory of their own, with a clock that tests move; can be stopped and opened again.
/// </summary>
internal sealed class Lake : IAsyncDisposable
{
    private const int Seed = 20261123;

    public const string Shard0 = "shardId-000000000000";

    private readonly TempDirectory _directory = new();
    private StreamRegistry? _registry;
    private StreamsLifetime? _lifetime;

    public Lake()
    {
        Options = new StreamsOptions { Directory = Path.Combine(_directory.Path, "streams") };
    }

    public StreamsOptions Options { get; set; }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public InMemoryMetadataStore Fake { get; } = new();

    public IMetadataStore? Store { get; set; }

    public ISegmentDisk Disk { get; set; } = new LocalSegmentDisk();

    public DamageReports Damages { get; private set; } = new(NullLogger<DamageReports>.Instance);

    public StreamMeters Meters { get; private set; } = new();

    public List<IConsumerPositions> Rooms { get; } = [];

    public IStreamFigures Figures => new EmbeddedStreamFigures(Registry);

    public IStreams Streams { get; private set; } = null!;

    public ISharedReads SharedReads { get; private set; } = null!;

    public IStreamConsumers Consumers { get; private set; } = null!;

    public StreamUpkeep Upkeep { get; private set; } = null!;

    public StreamRegistry Registry => _registry!;

    public static async Task<Lake> OpenAsync(Action<Lake>? arrange = null)
    {
        var lake = new Lake();
        arrange?.Invoke(lake);
        await lake.StartAsync();
        return lake;
    }

    public async Task StartAsync()
    {
        Damages = new DamageReports(NullLogger<DamageReports>.Instance);
        Meters = new StreamMeters();
        var folders = new StreamFolders(Options, Disk, NullLogger<StreamFolders>.Instance);
        _registry = new StreamRegistry(
            Options, Store ?? Fake, folders, Disk, Damages, Meters, Clock, IdSource.System,
            NullLoggerFactory.Instance);
        Upkeep = new StreamUpkeep(_registry, Options, Clock, NullLogger<StreamUpkeep>.Instance);
        _lifetime = new StreamsLifetime(
            _registry, Upkeep, Meters, Damages, new ConsumerLags(_registry, Rooms), Options, Clock);
        await _lifetime.StartAsync(CancellationToken.None);
        var faults = new InjectedFaults(new Random(Seed), Clock);
        var streams = new EmbeddedStreams(_registry, Damages, faults);
        (Streams, SharedReads) = (streams, new SharedReads(_registry, streams, faults));
        Consumers = new StreamConsumers(_registry, Store ?? Fake, Clock);
    }

    public async Task StopAsync()
    {
        await _lifetime!.StopAsync(CancellationToken.None);
        _lifetime.Dispose();
        _registry!.Dispose();
        Meters.Dispose();
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public Task<StreamDescription> CreateAsync(string name, int shards = 1) =>
        Streams.CreateAsync(new StreamSpec { Name = name, ShardCount = shards }, CancellationToken.None);

    public Task<StreamDescription> SetRetentionAsync(string stream, int hours) =>
        Streams.ConfigureAsync(stream, spec => spec with { RetentionHours = hours }, CancellationToken.None);

    public async Task<AppendOutcome> PutAsync(string stream, string data, string key = "k") =>
        (await PutAsync(stream, [Entry(data, key)]))[0];

    public async Task<IReadOnlyList<AppendOutcome>> PutAsync(string stream, StreamEntry[] entries) =>
        await Streams.AppendAsync(stream, entries, CancellationToken.None);

    public async Task<ReadBatch> ReadAsync(
        string stream, SequenceNumber from, string shard = Shard0, int recordsMax = 10_000, int bytesMax = 10 << 20) =>
        await Streams.ReadAsync(stream, shard, from, new ReadBounds(recordsMax, bytesMax), CancellationToken.None);

    /// <summary>The payloads of everything readable, as text.</summary>
    public async Task<List<string>> TextsAsync(string stream, string shard = Shard0) =>
        [.. (await ReadAsync(stream, SequenceNumber.Zero, shard)).Records.Select(Text)];

    public static string Text(StreamRecord record) => Encoding.UTF8.GetString(record.Data.Span);

    public static StreamEntry Entry(string data, string key = "k", UInt128? hash = null) =>
        new(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(data), hash);

    public async Task<SequenceNumber> ResolveAsync(string stream, StartPosition start) =>
        await Streams.ResolveAsync(stream, Shard0, start, CancellationToken.None);

    /// <summary>The segment files of a shard, oldest first.</summary>
    public string[] Segments(string stream, string shard = Shard0) =>
        [.. Directory.GetFiles(FolderOf(stream, shard), "*" + SegmentId.Extension).Order()];

    /// <summary>The index files of a shard's closed segments, oldest first.</summary>
    public string[] Indexes(string stream, string shard = Shard0) =>
        [.. Directory.GetFiles(FolderOf(stream, shard), "*" + SegmentIndexFile.Extension).Order()];

    private string FolderOf(string stream, string shard) =>
        Path.Combine(Options.Directory, Streams.Find(stream)!.Id, shard);

    /// <summary>Runs retention now and waits for it.</summary>
    public async Task TrimAsync(string stream)
    {
        Registry.RequestUpkeep();
        // The first append takes its turn with the request or after it, the second one only when that turn has ended.
        await PutAsync(stream, "after trim");
        await PutAsync(stream, "after trim");
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _directory.Dispose();
    }
}
