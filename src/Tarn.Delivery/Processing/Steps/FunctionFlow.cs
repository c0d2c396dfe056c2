using System.Globalization;
using Tarn.Delivery.Endpoints;
using Tarn.Delivery.Shards;

namespace Tarn.Delivery.Processing.Steps;

/// <summary>
/// Hands records to a function, a call after another, and goes on with what it answers
/// (https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html). A call that failed for a passing reason
/// is repeated; one that failed for good fails its records. Records that the answer leaves out or names twice fail by
/// themselves; ids that were not asked for are passed over.
/// </summary>
internal sealed class FunctionFlow(LambdaStep step, FlowContext context) : IRecordFlow
{
    /// <summary>Lambda's own limit of a call, which many small records pass long before the buffer is full.</summary>
    private const long CallBytesMax = 6 << 20;

    /// <summary>What stands around a record's bytes in a call, about.</summary>
    private const int RecordBytesAround = 768;

    private static readonly TimeSpan DelayMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DelayMax = TimeSpan.FromSeconds(30);

    public async ValueTask RunAsync(
        IReadOnlyList<FlowRecord> input, FlowOutput output, CancellationToken cancellation)
    {
        for (var start = 0; start < input.Count;)
        {
            var end = FindEnd(input, start);
            await CallAsync(input, start, end, output, cancellation).ConfigureAwait(false);
            start = end;
        }
    }

    /// <summary>As many as the buffer takes; one that is longer goes alone.</summary>
    private int FindEnd(IReadOnlyList<FlowRecord> input, int start)
    {
        var (bytes, callBytes, end) = (0L, 0L, start);
        do
        {
            bytes += input[end].Data.Length;
            callBytes += (input[end].Data.Length * 4L / 3) + RecordBytesAround;
            end++;
        }
        while (end < input.Count
            && bytes + input[end].Data.Length <= step.BufferBytesMax
            && callBytes + (input[end].Data.Length * 4L / 3) + RecordBytesAround <= CallBytesMax);

        return end;
    }

    private async Task CallAsync(
        IReadOnlyList<FlowRecord> input, int start, int end, FlowOutput output, CancellationToken cancellation)
    {
        var records = new List<FunctionRecord>(end - start);
        for (var at = start; at < end; at++)
        {
            var record = input[at];
            records.Add(new FunctionRecord(
                RecordId(record),
                record.Data,
                record.ArrivalTime,
                record.PartitionKey,
                record.Sequence,
                record.SubSequence));
        }

        for (var attempt = 1; ; attempt++)
        {
            var answer = await context.Functions.InvokeAsync(Call(records, attempt), cancellation)
                .ConfigureAwait(false);
            if (answer is FunctionFailure { MayPass: true } && attempt <= step.Retries)
            {
                var delay = Backoff.Delay(attempt, DelayMin, DelayMax);
                await Task.Delay(delay, context.Time, cancellation).ConfigureAwait(false);
                continue;
            }

            Take(answer, input, start, end, attempt, output);
            return;
        }
    }

    private FunctionCall Call(List<FunctionRecord> records, int attempt) => new()
    {
        FunctionArn = step.FunctionArn,
        InvocationId = StableId.Of(
            "attempt " + attempt.ToString(CultureInfo.InvariantCulture),
            context.DeliveryStream,
            context.ShardId,
            (records[0].Sequence, records[0].SubSequence),
            (records[^1].Sequence, records[^1].SubSequence)),
        DeliveryStream = context.DeliveryStream,
        SourceStream = context.SourceStream,
        ShardId = context.ShardId,
        Records = records,
    };

    private void Take(
        FunctionAnswer answer, IReadOnlyList<FlowRecord> input, int start, int end, int attempts, FlowOutput output)
    {
        var results = new Dictionary<string, FunctionResult>(StringComparer.Ordinal);
        var repeated = new HashSet<string>(StringComparer.Ordinal);
        foreach (var result in answer is FunctionResults answered ? answered.Results : [])
        {
            if (!results.TryAdd(result.RecordId, result))
            {
                repeated.Add(result.RecordId);
            }
        }

        for (var at = start; at < end; at++)
        {
            var record = input[at];
            var id = RecordId(record);
            if (answer is FunctionFailure failure)
            {
                Fail(failure.Code, failure.Message);
            }
            else if (repeated.Contains(id))
            {
                Fail(FunctionCodes.DuplicatedRecordId, "Multiple records were returned with the same record ID.");
            }
            else if (!results.TryGetValue(id, out var result))
            {
                Fail(FunctionCodes.MissingRecordId, "One or more record IDs were not returned.");
            }
            else if (result.Outcome == FunctionOutcome.ProcessingFailed)
            {
                Fail(FunctionCodes.ProcessingFailedStatus, "ProcessingFailed status set for record");
            }
            else if (result.Outcome == FunctionOutcome.Ok)
            {
                output.Records.Add(record with { Data = result.Data, LambdaKeys = result.PartitionKeys });
            }

            void Fail(string code, string message) => output.Failed.Add(new FailedRecord(
                record, ErrorTypes.ProcessingFailed, code, message, step.FunctionArn, attempts));
        }
    }

    private static string RecordId(in FlowRecord record) => string.Create(
        CultureInfo.InvariantCulture, $"{record.Sequence}{record.SubSequence:D12}");
}
