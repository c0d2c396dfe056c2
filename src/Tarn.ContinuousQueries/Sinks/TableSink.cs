using System.Globalization;
using Tarn.Catalog;
using Tarn.Catalog.Databases;
using Tarn.Catalog.Exclusions;
using Tarn.Catalog.Partitions;
using Tarn.Catalog.Tables;
using Tarn.Catalog.Writers;
using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Planning;
using Tarn.DuckDb;
using Tarn.DuckDb.Results;
using Tarn.Formats.SerDes;
using Tarn.Primitives.Errors;
using Tarn.Query.Writing.Files;
using Tarn.Storage.Metadata;
using Tarn.Storage.Objects;

namespace Tarn.ContinuousQueries.Sinks;

/// <summary>
/// Sinks into tables of the catalog, exactly once.
/// <code>
/// 1 the rows become Parquet files below the staging directory
/// 2 one batch stores the objects' names, of sink and epoch, and hides them from readers
/// 3 each file becomes an object
/// 4 one batch lets the objects count, registers new partitions, and stores that the epoch is done
/// </code>
/// An epoch that comes again after 4 is done already; one that comes again before removes what it had put.
/// </summary>
internal sealed class TableSink(
    ICatalog catalog, IObjectStore objects, IObjectExclusions exclusions, IMetadataStore metadata,
    ContinuousQueriesOptions options, TimeProvider time) : ISinkTarget, IUnfinishedWrites, IDisposable
{
    private const string Output = "tarn_output";
    private const int PartitionsMax = 1_000;

    /// <summary>Longer than any listing lasts.</summary>
    private static readonly TimeSpan KeptTime = TimeSpan.FromMinutes(15);

    private readonly Lazy<IDuckDb> _duckDb = new(() => DuckDbInstance.Open(new DuckDbOptions
    {
        AllowedDirectories = [objects.StagingDirectory],
        TempDirectory = options.SpillDirectory + "-sinks",
        MemoryBytesMax = options.DuckDbMemoryBytesMax,
        Threads = 1,
    }));

    public SinkTargetKind Kind => SinkTargetKind.Table;

    public TimeSpan CommitInterval => TimeSpan.FromMinutes(1);

    public async Task PrepareAsync(SinkSpec sink, ViewPlan plan, CancellationToken cancellation)
    {
        if (!plan.IsAppendOnly)
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                $"a sink of materialized view '{sink.View}' into a table is not supported: the view changes rows",
                "what is in a table's files stays as it is",
                "end the view with EMIT ON WINDOW CLOSE, or let the sink put the changes INTO STREAM");
        }

        var name = NameOf(sink);
        var table = await catalog.FindTableAsync(name, cancellation).ConfigureAwait(false);
        if (table is null)
        {
            await MakeAsync(sink, name, plan, cancellation).ConfigureAwait(false);
            return;
        }

        if (sink.Options.Location is { } location && Folder(location) != Folder(table.Storage.Location))
        {
            throw new TarnException(
                ErrorKind.Conflict, $"table '{name}' does not lie at '{location}'",
                $"it lies at '{table.Storage.Location}'", "leave location out to append to it");
        }

        _ = TableColumns.Fit(table, sink.View, plan.Columns);
    }

    public Task<string?> PlaceAsync(SinkSpec sink, CancellationToken cancellation) => Task.FromResult<string?>(null);

    public async Task DeliverAsync(SinkSpec sink, SinkEpoch epoch, CancellationToken cancellation)
    {
        var stored = await metadata.FindAsync(TableCommit.Kind, sink.Id, cancellation).ConfigureAwait(false);
        var before = stored is null ? null : TableCommit.Read(stored);
        if (before?.Epoch >= epoch.Number && before.IsDone)
        {
            return;
        }

        await RemoveAsync(before, cancellation).ConfigureAwait(false);
        var name = NameOf(sink);
        var table = await catalog.FindTableAsync(name, cancellation).ConfigureAwait(false)
            ?? throw new TarnException(
                ErrorKind.NotFound, $"table '{name}' does not exist", hint: "create it again, or drop the sink");
        var (columns, keys) = TableColumns.Fit(table, sink.View, epoch.Columns);

        // 1
        using var stage = new RowStage(Path.Combine(objects.StagingDirectory, $"sink-{sink.Id}"), time);
        var files = await StageAsync(stage, epoch, columns, keys, cancellation).ConfigureAwait(false);
        var outputs = await NameAsync(sink, epoch, table, files, cancellation).ConfigureAwait(false);

        // 2
        var folders = outputs.Select(output => output.Folder).Distinct().ToList();
        folders.AddRange((before?.Folders ?? []).Skip(folders.Count));
        var commit = new TableCommit
        {
            Epoch = epoch.Number,
            IsDone = false,
            Objects = [.. outputs.Select(output => output.Object.ToString())],
            Folders = folders,
            Changed = time.GetUtcNow(),
        };
        await metadata.ApplyAsync(
            [
                MetadataChange.Put(TableCommit.Kind, sink.Id, commit.Write(), stored?.Version ?? 0),
                .. Hide(sink, folders, outputs),
            ],
            cancellation).ConfigureAwait(false);

        // 3
        var type = new ObjectAttributes { ContentType = "application/vnd.apache.parquet" };
        foreach (var output in outputs)
        {
            await objects.PutFileAsync(output.Object, output.File.Path, type, cancellation).ConfigureAwait(false);
        }

        // 4
        var partitions = table.PartitionKeys.Count == 0 ? [] : await catalog
            .PlanPartitionsAsync(name, PartitionsOf(outputs), cancellation).ConfigureAwait(false);
        await metadata.ApplyAsync(
            [
                MetadataChange.Put(
                    TableCommit.Kind, sink.Id, (commit with { IsDone = true, Changed = time.GetUtcNow() }).Write()),
                .. Hide(sink, folders, []),
                .. partitions,
            ],
            cancellation).ConfigureAwait(false);
    }

    public async Task ForgetAsync(SinkSpec sink, CancellationToken cancellation)
    {
        var stored = await metadata.FindAsync(TableCommit.Kind, sink.Id, cancellation).ConfigureAwait(false);
        if (stored is null)
        {
            return;
        }

        // Objects that count stay. A reader may be listing them just now, and has to see that they were hidden.
        var commit = TableCommit.Read(stored);
        await RemoveAsync(commit, cancellation).ConfigureAwait(false);
        var isOld = time.GetUtcNow() - commit.Changed > KeptTime;
        await metadata.ApplyAsync(
            [
                MetadataChange.Delete(TableCommit.Kind, sink.Id),
                .. isOld
                    ? commit.Folders.Select((_, i) => exclusions.PlanEnd(TableCommit.ExclusionOf(sink.Id, i)))
                    : Hide(sink, commit.Folders, []),
            ],
            cancellation).ConfigureAwait(false);
    }

    async Task<IReadOnlySet<ObjectKey>> IUnfinishedWrites.ListAsync(CancellationToken cancellation)
    {
        var stored = await metadata
            .ListAsync(TableCommit.Kind, "", after: null, int.MaxValue, cancellation).ConfigureAwait(false);
        return stored.Select(TableCommit.Read).Where(commit => !commit.IsDone)
            .SelectMany(commit => commit.Objects).Select(ObjectKey.Parse).ToHashSet();
    }

    public void Dispose()
    {
        if (_duckDb.IsValueCreated)
        {
            _duckDb.Value.Dispose();
        }
    }

    private async Task<IReadOnlyList<StagedRows>> StageAsync(
        RowStage stage, SinkEpoch epoch, string columns, IReadOnlyList<string> keys, CancellationToken cancellation)
    {
        stage.Dispose();
        using var session = _duckDb.Value.OpenSession();
        session.RegisterTable(Output, new BatchTable(
            [.. epoch.Columns.Select(column => new DuckDbColumn(column.Name, column.Type))], epoch.Rows));
        try
        {
            return await stage
                .WriteAsync(
                    session, columns, keys, Output, "FORMAT parquet, COMPRESSION zstd", PartitionsMax, cancellation)
                .ConfigureAwait(false);
        }
        catch (TarnException cause) when (cause.Code == "HIVE_TOO_MANY_OPEN_PARTITIONS")
        {
            throw new TarnException(
                ErrorKind.Invalid, $"an epoch has rows of more than {PartitionsMax} partitions",
                hint: "partition the table by fewer values", cause: cause);
        }
    }

    private async Task<IReadOnlyList<TableOutput>> NameAsync(
        SinkSpec sink, SinkEpoch epoch, Table table, IReadOnlyList<StagedRows> files, CancellationToken cancellation)
    {
        var known = table.PartitionKeys.Count == 0 ? [] : await catalog
            .ListPartitionsAsync(table.Name, cancellation).ConfigureAwait(false);
        var places = known.ToDictionary(partition => string.Join('\0', partition.Values), StringComparer.Ordinal);
        return [.. files.Select((file, i) =>
        {
            var folder = places.TryGetValue(string.Join('\0', file.Values), out var there)
                ? Place(table, there)
                : Folder(table.Storage.Location)
                    + PartitionFolder.Of(table.PartitionKeys.Select(key => key.Name), file.Values);
            var name = string.Create(
                CultureInfo.InvariantCulture, $"{sink.Name}-{sink.Id}-{epoch.Number:D8}-{i}.parquet");
            return new TableOutput(file, ObjectKey.Parse(folder + name), folder);
        })];
    }

    private static string Place(Table table, Partition partition) =>
        partition.Storage is null || partition.Storage.SerDe == SerDeNames.Parquet
            ? Folder(partition.Location)
            : throw new TarnException(
                ErrorKind.Invalid,
                $"partition '{string.Join('/', partition.Values)}' of table '{table.Name}' is not Parquet");

    private List<Partition> PartitionsOf(IReadOnlyList<TableOutput> outputs)
    {
        var now = time.GetUtcNow();
        return [.. outputs.DistinctBy(output => output.Folder)
            .Select(output => new Partition(output.File.Values, output.Folder, now))];
    }

    /// <summary>Hides these objects, and none else, in the folders.</summary>
    private IEnumerable<MetadataChange> Hide(
        SinkSpec sink, IReadOnlyList<string> folders, IReadOnlyList<TableOutput> outputs) =>
        folders.Select((folder, i) => exclusions.Plan(new Exclusion(
            TableCommit.ExclusionOf(sink.Id, i), folder,
            [.. outputs.Where(output => output.Folder == folder)
                .Select(output => new ExcludedObject(output.Object.Key[(output.Object.Key.LastIndexOf('/') + 1)..],
                    ETag: null))])));

    /// <summary>What an attempt has put that was cut off: nobody has seen it.</summary>
    private async Task RemoveAsync(TableCommit? commit, CancellationToken cancellation)
    {
        foreach (var key in commit is { IsDone: false } ? commit.Objects : [])
        {
            await objects.DeleteAsync(ObjectKey.Parse(key), cancellation).ConfigureAwait(false);
        }
    }

    private async Task MakeAsync(SinkSpec sink, TableName name, ViewPlan plan, CancellationToken cancellation)
    {
        var location = sink.Options.Location ?? throw new TarnException(
            ErrorKind.NotFound, $"table '{name}' of sink '{sink.Name}' does not exist",
            hint: "create it, or add WITH (location = 's3://bucket/prefix/') to let the sink make it");
        var folder = ObjectKey.Parse(Folder(location));
        if (await objects.FindBucketAsync(folder.Bucket, cancellation).ConfigureAwait(false) is null)
        {
            throw new TarnException(
                ErrorKind.NotFound, $"bucket '{folder.Bucket}' of sink '{sink.Name}' does not exist",
                hint: "create the bucket first");
        }

        var table = new Table
        {
            Name = name,
            Description = $"made by sink '{sink.Name}'",
            Storage = new StorageDescriptor
            {
                Columns = TableColumns.Of(sink.View, plan.Columns),
                Location = folder.ToString(),
                InputFormat = SerDeNames.ParquetInputFormat,
                OutputFormat = SerDeNames.ParquetOutputFormat,
                SerDe = SerDeNames.Parquet,
            },
            Parameters = new Dictionary<string, string> { ["classification"] = "parquet" },
        };
        if (await catalog.FindDatabaseAsync(name.Database, cancellation).ConfigureAwait(false) is null)
        {
            await catalog.CreateDatabaseAsync(new Database { Name = name.Database }, cancellation)
                .ConfigureAwait(false);
        }

        await catalog.CreateTableAsync(table, cancellation).ConfigureAwait(false);
    }

    private static TableName NameOf(SinkSpec sink)
    {
        var parts = sink.Target.Name.Split('.');
        return new TableName(parts[0], parts[1]);
    }

    private static string Folder(string location) => location.EndsWith('/') ? location : location + "/";
}
