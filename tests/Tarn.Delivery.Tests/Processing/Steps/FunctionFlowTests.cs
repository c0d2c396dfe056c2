using Microsoft.Extensions.Time.Testing;
using Tarn.Delivery.Endpoints;
using Tarn.Delivery.Processing;
using static Tarn.Delivery.Tests.Processing.FlowScene;
using static Tarn.Delivery.Tests.Processing.ScriptedFunctions;

namespace Tarn.Delivery.Tests.Processing.Steps;

public sealed class FunctionFlowTests
{
    private static readonly LambdaStep Step = new() { FunctionArn = Arn };

    [Fact]
    public async Task Run_OkDroppedAndFailed_GoTheirWays()
    {
        var keys = new Dictionary<string, string> { ["team"] = "red" };
        var functions = new ScriptedFunctions
        {
            Answer = (_, call) => new FunctionResults(
            [
                // The order of an answer is the function's own.
                Ok(call.Records[3], "FOUR") with { PartitionKeys = keys },
                new(call.Records[2].RecordId, FunctionOutcome.ProcessingFailed, default, PartitionKeys: null),
                new(call.Records[1].RecordId, FunctionOutcome.Dropped, default, PartitionKeys: null),
                Ok(call.Records[0], ""),
                new("not asked for", FunctionOutcome.Ok, "x"u8.ToArray(), PartitionKeys: null),
            ]),
        };

        var output = await new FlowScene { Functions = functions }.RunAsync(
            [Step], Record(1, "one"), Record(2, "two"), Record(3, "three"), Record(4, "four"));

        Assert.Equal([(1ul, 0, ""), (4ul, 0, "FOUR")], Places(output));
        Assert.Equal([null, keys], output.Records.Select(record => record.LambdaKeys));
        var failed = Assert.Single(output.Failed);
        Assert.Equal(
            (3ul, "three", "processing-failed", "Lambda.ProcessingFailedStatus", Arn, 1),
            (failed.Record.Sequence.Value, Text(failed.Record.Data), failed.ErrorType, failed.Code, failed.LambdaArn,
                failed.Attempts));
    }

    [Fact]
    public async Task Run_AggregatedRecord_IsHandedOverWithItsPlace()
    {
        var functions = new ScriptedFunctions { Answer = (_, call) => Each(call, record => Ok(record, "x")) };

        await new FlowScene { Functions = functions }.RunAsync(
            [Step], Record(9, Kpl.Pack(("a", "one"u8.ToArray()), ("b", "two"u8.ToArray()))));

        var call = Assert.Single(functions.Calls);
        Assert.Equal(
            (Arn, "to-lake", "scores", "shardId-000000000007"),
            (call.FunctionArn, call.DeliveryStream, call.SourceStream, call.ShardId));
        Assert.Equal(
            [("9000000000000", "one", "a", 9ul, 0), ("9000000000001", "two", "b", 9ul, 1)],
            call.Records.Select(record => (
                record.RecordId, Text(record.Data), Text(record.PartitionKey), record.Sequence.Value,
                record.SubSequence)));
        Assert.All(call.Records, record => Assert.Equal(Arrival.AddSeconds(9), record.ArrivalTime));
    }

    [Fact]
    public async Task Run_MoreThanTheBuffer_IsSeveralCalls()
    {
        var functions = new ScriptedFunctions { Answer = (_, call) => Each(call, record => Ok(record, "x")) };
        var (half, larger) = (new string('h', 150_000), new string('l', 400_000));

        var output = await new FlowScene { Functions = functions }.RunAsync(
            [Step with { BufferBytesMax = 300_000 }],
            Record(1, half), Record(2, half), Record(3, "3"), Record(4, larger), Record(5, "5"));

        Assert.Equal([2, 1, 1, 1], functions.Calls.Select(call => call.Records.Count));
        Assert.Equal(5, output.Records.Count);
        Assert.Equal(4, functions.Calls.Select(call => call.InvocationId).Distinct().Count());
    }

    [Fact]
    public async Task Run_ManySmallRecords_StayBelowLambdasLimitOfACall()
    {
        var functions = new ScriptedFunctions { Answer = (_, call) => Each(call, record => Ok(record, "x")) };
        var records = Enumerable.Range(1, 20_000).Select(number => Record((ulong)number, "a")).ToArray();

        var output = await new FlowScene { Functions = functions }.RunAsync([Step], records);

        Assert.Equal(records.Length, output.Records.Count);
        Assert.Equal([8181, 8181, 3638], functions.Calls.Select(call => call.Records.Count));
    }

    [Fact]
    public async Task Run_FailureThatPasses_IsTriedAgainWithGrowingPauses()
    {
        var time = new ImpatientTime();
        var functions = new ScriptedFunctions
        {
            Answer = (number, call) => number <= 7
                ? new FunctionFailure(FunctionCodes.FunctionError, "no", MayPass: true)
                : Each(call, record => Ok(record, "done")),
        };

        var output = await new FlowScene { Functions = functions, Time = time }.RunAsync(
            [Step with { Retries = 7 }], Record(1, "one"));

        Assert.Equal([1, 2, 4, 8, 16, 30, 30], time.Pauses.Select(pause => pause.TotalSeconds));
        Assert.Equal([(1ul, 0, "done")], Places(output));
        Assert.Equal(8, functions.Calls.Select(call => call.InvocationId).Distinct().Count());
        Assert.All(functions.Calls, call => Assert.Same(functions.Calls[0].Records, call.Records));
    }

    [Theory]
    [InlineData(true, 0, 1)]
    [InlineData(true, 2, 3)]
    [InlineData(false, 2, 1)]
    public async Task Run_FailureThatStays_FailsTheRecordsOfTheCall(bool mayPass, int retries, int attempts)
    {
        var functions = new ScriptedFunctions
        {
            Answer = (_, call) => Text(call.Records[0].Data) == "good"
                ? Each(call, record => Ok(record, "kept"))
                : new FunctionFailure(FunctionCodes.FunctionTimedOut, "too slow", mayPass),
        };

        var output = await new FlowScene { Functions = functions, Time = new ImpatientTime() }.RunAsync(
            [Step with { Retries = retries, BufferBytesMax = 210_000 }],
            Record(1, "a"), Record(2, new string('b', 209_999)), Record(3, "good"));

        Assert.Equal([(3ul, 0, "kept")], Places(output));
        Assert.Equal(
            [(1ul, "Lambda.FunctionTimedOut", "too slow"), (2ul, "Lambda.FunctionTimedOut", "too slow")],
            output.Failed.Select(failed => (failed.Record.Sequence.Value, failed.Code, failed.Message)));
        Assert.All(output.Failed, failed => Assert.Equal(attempts, failed.Attempts));
    }

    [Fact]
    public async Task Run_AnswerWithoutARecordOrWithOneTwice_FailsThoseRecords()
    {
        var functions = new ScriptedFunctions
        {
            Answer = (_, call) => new FunctionResults(
                [Ok(call.Records[0], "first"), Ok(call.Records[0], "again"), Ok(call.Records[2], "THREE")]),
        };

        var output = await new FlowScene { Functions = functions }.RunAsync(
            [Step], Record(1, "one"), Record(2, "two"), Record(3, "three"));

        Assert.Equal([(3ul, 0, "THREE")], Places(output));
        Assert.Equal(
            [
                (1ul, "processing-failed", "Lambda.DuplicatedRecordId"),
                (2ul, "processing-failed", "Lambda.MissingRecordId"),
            ],
            Failures(output));
        Assert.Single(functions.Calls);
    }

    [Fact]
    public async Task Run_TheSameRecordsAgain_HasTheSameIds()
    {
        var calls = new List<FunctionCall>();
        for (var round = 0; round < 2; round++)
        {
            var functions = new ScriptedFunctions { Answer = (_, call) => Each(call, record => Ok(record, "x")) };
            await new FlowScene { Functions = functions }.RunAsync([Step], Record(1, "one"), Record(2, "two"));
            calls.AddRange(functions.Calls);
        }

        Assert.Equal(calls[0].InvocationId, calls[1].InvocationId);
        Assert.True(Guid.TryParseExact(calls[0].InvocationId, "D", out _));
        Assert.Equal(
            calls[0].Records.Select(record => record.RecordId), calls[1].Records.Select(record => record.RecordId));
    }

    [Fact]
    public async Task Run_CancelDuringAPause_Ends()
    {
        using var cancel = new CancellationTokenSource();
        var functions = new ScriptedFunctions
        {
            Answer = (_, _) => new FunctionFailure(FunctionCodes.ConnectionFailed, "down", MayPass: true),
        };
        var flow = new FlowScene { Functions = functions, Time = new FakeTimeProvider() }.Build(Step)!;
        var running = flow.RunAsync([Record(1, "one")], new FlowOutput(), cancel.Token).AsTask();
        Assert.False(running.IsCompleted);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }
}
