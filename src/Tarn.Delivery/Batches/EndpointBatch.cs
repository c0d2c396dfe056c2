using Tarn.Delivery.Checkpoints;
using Tarn.Delivery.Conversion;
using Tarn.Delivery.Endpoints;
using Tarn.Delivery.Processing;
using Tarn.Delivery.Shards;
using Tarn.Delivery.Suggestions;
using Tarn.Primitives.Identity;
using Tarn.Streams.Records;

namespace Tarn.Delivery.Batches;

/// <summary>
/// A batch that is posted to an endpoint, again and again within the retry time; then its records become an object of
/// failures. The id of the request follows from the batch, so that the endpoint can tell a repeat.
/// </summary>
internal sealed class EndpointBatch(
    BatchScene scene,
    EndpointDestination destination,
    IRecordFlow? flow,
    IRecordEndpoint endpoint,
    Staging staging,
    LakeIdentity lake,
    DeliveryOptions options,
    TimeProvider time) : IStagedBatch
{
    private readonly FailureObjects _failures = new(scene, staging, lake);
    private readonly RecordSpool _spool = new(staging.NewPath());
    private StepRun? _steps;
    private IReadOnlyList<SealedOutput>? _failed;
    private long _delivered;

    public IReadOnlyList<string> FoldersNotPut => [];

    public async ValueTask AddAsync(IReadOnlyList<StreamRecord> records, CancellationToken cancellation)
    {
        _steps ??= new StepRun(destination, flow, _failures);
        if (_steps.AreIdle(records))
        {
            foreach (var record in records)
            {
                _spool.Append(FlowRecord.Of(record));
            }

            return;
        }

        await foreach (var passed in _steps.RunAsync(records, cancellation).ConfigureAwait(false))
        {
            foreach (var record in passed)
            {
                _spool.Append(record);
            }
        }
    }

    /// <summary>What may be put: whether the endpoint takes the batch is only known when it was asked.</summary>
    public Task<IReadOnlyList<PlannedOutput>> SealAsync(BatchRange range, CancellationToken cancellation)
    {
        _spool.Complete();
        IReadOnlyList<PlannedOutput> possible =
        [
            .. ErrorTypes.All.Select(type => _failures.Plan(type, range, records: 0)),
        ];
        return Task.FromResult(possible);
    }

    public async Task<BatchOutcome> PutAsync(
        BatchPlan plan, IReadOnlyList<PlannedOutput> standing, CancellationToken cancellation)
    {
        _failed ??= await PostAllAsync(plan, cancellation).ConfigureAwait(false);

        // An attempt before this one may have handed the file to the store already.
        foreach (var item in _failed.Where(item => File.Exists(item.File.Path)))
        {
            await staging.PutAsync(item.Output.Object, item.File, cancellation).ConfigureAwait(false);
        }

        return BatchOutcome.Of([.. _failed.Select(item => item.Output)], UnknownMembers.None) with
        {
            Records = _delivered,
            Objects = _delivered > 0 ? 1 : 0,
            LastObject = _delivered > 0 ? destination.Url : null,
        };
    }

    public async ValueTask DisposeAsync()
    {
        _spool.Dispose();
        await _failures.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Posts the batch; what is to be put is then known, whatever the store says to it.</summary>
    private async Task<IReadOnlyList<SealedOutput>> PostAllAsync(BatchPlan plan, CancellationToken cancellation)
    {
        if (_spool.Records > 0 && await PostAsync(plan, cancellation).ConfigureAwait(false) is { } refused)
        {
            await FailAsync(refused.Refusal, refused.Attempts).ConfigureAwait(false);
        }
        else
        {
            _delivered = _spool.Records;
        }

        return await _failures.FinishAsync(BatchRange.Of(plan)).ConfigureAwait(false);
    }

    /// <summary>Null when the endpoint took the batch; otherwise the last refusal within the retry time.</summary>
    private async Task<(EndpointRefused Refusal, int Attempts)?> PostAsync(
        BatchPlan plan, CancellationToken cancellation)
    {
        var records = ReadAll();
        var deadline = time.GetUtcNow() + TimeSpan.FromSeconds(destination.RetrySeconds);
        for (var attempt = 1; ; attempt++)
        {
            var answer = await endpoint.PostAsync(NewPost(plan, records), cancellation).ConfigureAwait(false);
            if (answer is not EndpointRefused refused)
            {
                return null;
            }

            var pause = Backoff.Delay(attempt, options.RetryDelayMin, options.RetryDelayMax);
            if (!refused.MayPass || time.GetUtcNow() + pause > deadline)
            {
                return (refused, attempt);
            }

            await Task.Delay(pause, time, cancellation).ConfigureAwait(false);
        }
    }

    private EndpointPost NewPost(BatchPlan plan, IReadOnlyList<ReadOnlyMemory<byte>> records) => new()
    {
        Url = new Uri(destination.Url),
        AccessKey = destination.AccessKey,
        Gzip = destination.Gzip,
        CommonAttributes = destination.CommonAttributes.ToDictionary(item => item.Key, item => item.Value),
        RequestId = StableId.Of(
            "post",
            scene.Lane.Delivery,
            plan.ShardId,
            (new SequenceNumber(plan.First), 0),
            (new SequenceNumber(plan.Last), 0)),
        DeliveryStream = scene.Lane.Delivery,
        Timestamp = scene.StartedAt,
        Records = records,
    };

    private List<ReadOnlyMemory<byte>> ReadAll()
    {
        var records = new List<ReadOnlyMemory<byte>>();
        using var reader = new SpoolReader(_spool.Path, recordsMax: int.MaxValue);
        while (true)
        {
            var block = new SpoolBlock();
            if (!reader.TryRead(block))
            {
                return records;
            }

            records.AddRange(Enumerable.Range(0, block.Count).Select(index => block[index].Data));
        }
    }

    private async Task FailAsync(EndpointRefused refused, int attempts)
    {
        using var reader = new SpoolReader(_spool.Path, recordsMax: 1000);
        var block = new SpoolBlock();
        while (reader.TryRead(block))
        {
            for (var index = 0; index < block.Count; index++)
            {
                _failures.Add(new FailedRecord(
                    block[index], ErrorTypes.HttpEndpointFailed, refused.Code, refused.Message, null, attempts));
            }

            await _failures.DrainAsync().ConfigureAwait(false);
        }
    }
}
