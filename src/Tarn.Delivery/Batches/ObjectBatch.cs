using Tarn.Catalog.Tables;
using Tarn.Delivery.Checkpoints;
using Tarn.Delivery.Processing;
using Tarn.Delivery.Suggestions;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams.Records;

namespace Tarn.Delivery.Batches;

/// <summary>A batch that becomes objects: one per folder, and one per type of failure.</summary>
/// <remarks>
/// <code>
///   log records -> steps -> check -> folder -> staged lines or rows   (AddAsync)
///   staged rows -> Parquet; all files finished and named              (SealAsync)
///   failures, then data, into the store                               (PutAsync)
/// </code>
/// </remarks>
internal sealed class ObjectBatch(
    BatchScene scene,
    ObjectDestination destination,
    Table? table,
    IRecordFlow? flow,
    Func<IStagedOutput> makeOutput,
    Staging staging,
    LakeIdentity lake) : IStagedBatch
{
    /// <summary>Folders that one batch may write to, as Firehose's active partitions.</summary>
    private const int FoldersMax = 500;

    private readonly Dictionary<string, IStagedOutput> _outputs = new(StringComparer.Ordinal);
    private readonly OutputRoutes _routes = new(destination, scene);
    private readonly FailureObjects _failures = new(scene, staging, lake);
    private readonly MemberWatch _members = new((table?.Storage.Columns ?? []).Select(column => column.Name));
    private StepRun? _steps;
    private (string? Folder, IStagedOutput? Output) _last;
    private readonly List<string> _foldersNotPut = [];
    private IReadOnlyList<SealedOutput> _sealed = [];

    public IReadOnlyList<string> FoldersNotPut => _foldersNotPut;

    /// <summary>What was sealed; the files are the batch's until they are moved away.</summary>
    public IReadOnlyList<SealedOutput> Sealed => _sealed;

    public async ValueTask AddAsync(IReadOnlyList<StreamRecord> records, CancellationToken cancellation)
    {
        _steps ??= new StepRun(destination, flow, _failures);
        if (_steps.AreIdle(records))
        {
            for (var i = 0; i < records.Count; i++)
            {
                if (Place(FlowRecord.Of(records[i])) is { IsFull: true } full)
                {
                    await full.DrainAsync(cancellation).ConfigureAwait(false);
                }
            }

            await _failures.DrainAsync().ConfigureAwait(false);
            return;
        }

        await foreach (var passed in _steps.RunAsync(records, cancellation).ConfigureAwait(false))
        {
            foreach (var record in passed)
            {
                if (Place(record) is { IsFull: true } full)
                {
                    await full.DrainAsync(cancellation).ConfigureAwait(false);
                }
            }

            await _failures.DrainAsync().ConfigureAwait(false);
        }
    }

    public async Task<IReadOnlyList<PlannedOutput>> SealAsync(BatchRange range, CancellationToken cancellation)
    {
        var data = new List<SealedOutput>();
        foreach (var (folder, output) in _outputs.OrderBy(item => item.Key, StringComparer.Ordinal))
        {
            if (await output.FinishAsync(_failures.Add, cancellation).ConfigureAwait(false) is { } file)
            {
                data.Add(new SealedOutput(folder, Plan(folder, range, file.Records), file));
            }
        }

        _sealed = [.. await _failures.FinishAsync(range).ConfigureAwait(false), .. data];
        return [.. _sealed.Select(item => item.Output)];
    }

    public async Task<BatchOutcome> PutAsync(
        BatchPlan plan, IReadOnlyList<PlannedOutput> standing, CancellationToken cancellation)
    {
        var kept = standing.Select(output => output.Object).ToHashSet(StringComparer.Ordinal);
        var fresh = _sealed.Where(item => !kept.Contains(item.Output.Object)).ToList();
        TarnException? failure = null;
        _foldersNotPut.Clear();

        // An attempt before this one may have handed the file to the store already.
        foreach (var item in fresh.Where(item => File.Exists(item.File.Path)))
        {
            try
            {
                await staging.PutAsync(item.Output.Object, item.File, cancellation).ConfigureAwait(false);
            }
            catch (TarnException e) when (e.Kind == ErrorKind.Unavailable && item.Folder is not null)
            {
                failure = e;
                _foldersNotPut.Add(item.Folder);
            }
        }

        if (failure is not null)
        {
            throw failure;
        }

        return BatchOutcome.Of([.. standing, .. fresh.Select(item => item.Output)], Unknown);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var output in _outputs.Values)
        {
            await output.DisposeAsync().ConfigureAwait(false);
        }

        await _failures.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>What the table has no column for; any type that a conversion left out fits into text.</summary>
    private IReadOnlyDictionary<string, string> Unknown => table is null
        ? UnknownMembers.None
        : destination.Form == RecordForm.JsonLines
            ? _members.Unknown
            : _sealed.SelectMany(item => item.File.UnknownMembers).Distinct()
                .ToDictionary(name => name, _ => MemberType.Text);

    /// <summary>The output that took the record; null when it failed.</summary>
    private IStagedOutput? Place(in FlowRecord record)
    {
        if (destination.Form == RecordForm.JsonLines
            && RecordLine.FindFault(record.Data.Span, _members) is { } notJson)
        {
            return Fail(record, FailureCodes.NotJson, notJson);
        }

        if (_routes.Find(record, out var fault) is not { } folder)
        {
            return Fail(record, FailureCodes.NoFolder, fault);
        }

        // Records of one folder follow each other, and their routes give the very same text.
        if (!ReferenceEquals(folder, _last.Folder) && !TryOpen(folder, record))
        {
            return null;
        }

        _last.Output!.Add(record);
        return _last.Output;
    }

    /// <summary>Makes the folder's output the last one; false when the record failed instead.</summary>
    private bool TryOpen(string folder, in FlowRecord record)
    {
        if (scene.GivenUp.Contains(folder))
        {
            Fail(record, FailureCodes.GivenUp, $"nothing could be put below '{folder}'");
            return false;
        }

        if (!_outputs.TryGetValue(folder, out var output))
        {
            if (_outputs.Count == FoldersMax)
            {
                Fail(record, FailureCodes.TooManyPartitions, $"a batch has at most {FoldersMax} partitions");
                return false;
            }

            output = makeOutput();
            _outputs.Add(folder, output);
        }

        _last = (folder, output);
        return true;
    }

    private IStagedOutput? Fail(in FlowRecord record, string code, string message)
    {
        _failures.Add(new FailedRecord(
            record, ErrorTypes.ProcessingFailed, code, message, LambdaArn: null, Attempts: 1));
        return null;
    }

    private PlannedOutput Plan(string folder, in BatchRange range, long records)
    {
        var key = OutputNames.Data(scene.Lane, folder, scene.ShardId, range);
        var isOfTable = table is not null && (destination.Table is not null || HivePath.IsBelow(table, key));
        var values = isOfTable ? HivePath.FindValues(table!, key) : null;
        return new PlannedOutput
        {
            Object = key.ToString(),
            Kind = OutputKind.Data,
            Records = records,
            Partition = values,
            Location = values is null ? null : HivePath.Folder(key),
        };
    }
}
