using System.Text;
using System.Text.Json;
using Tarn.Delivery.Endpoints;
using Tarn.Delivery.Processing;
using Tarn.Formats.Compression;
using Tarn.Primitives.Errors;
using static Tarn.Delivery.Tests.Processing.FlowScene;

namespace Tarn.Delivery.Tests.Processing;

public sealed class RecordFlowsTests
{
    private static readonly LambdaStep Shout = new() { FunctionArn = ScriptedFunctions.Arn };

    public static TheoryData<string, RecordStep[], string> Refused => new()
    {
        { "twice", [new DecompressStep(), new DecompressStep()], "step decompress stands 2 times, once is allowed" },
        { "logs", [new CloudWatchLogsStep()], "step cloudWatchLogs stands without step decompress" },
        {
            "base64", [new DeaggregateStep { Form = SubRecordForm.Delimited, Delimiter = "####" }],
            "delimiter '####' of step deaggregate is not base64"
        },
        {
            "no delimiter", [new DeaggregateStep { Form = SubRecordForm.Delimited }],
            "step deaggregate has no delimiter"
        },
        {
            "json delimiter", [new DeaggregateStep { Form = SubRecordForm.Json, Delimiter = "Cg==" }],
            "step deaggregate has a delimiter, which JSON records have none of"
        },
        {
            "form", [new DeaggregateStep { Form = (SubRecordForm)9 }], "form 9 of step deaggregate is not known"
        },
        {
            "escape", [new DelimiterStep { Delimiter = @"a\x" }],
            @"delimiter 'a\x' of step delimiter is empty or holds an unknown escape"
        },
        {
            "empty", [new DelimiterStep { Delimiter = "" }],
            "delimiter '' of step delimiter is empty or holds an unknown escape"
        },
        {
            "buffer", [Shout with { BufferBytesMax = (3 << 20) + 1 }],
            "buffer of 3145729 bytes of step lambda is not within 209715 (0.2 MiB) to 3145728 (3 MiB)"
        },
        {
            "seconds", [Shout with { BufferSeconds = 901 }],
            "buffer of 901 seconds of step lambda is not within 0 to 900"
        },
        { "retries", [Shout with { Retries = 301 }], "301 retries of step lambda are not within 0 to 300" },
        {
            "function", [Shout with { FunctionArn = "arn:other" }],
            "function 'arn:other' of step lambda is not mapped to an endpoint"
        },
    };

    [Fact]
    public void Build_NothingToDo_IsNull()
    {
        Assert.Null(new FlowScene { SourceStream = null }.Build());
        Assert.NotNull(new FlowScene { SourceStream = "scores" }.Build());
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Build_SettingThatCannotBeUsed_IsRefusedByName(string name, RecordStep[] steps, string message)
    {
        var error = Assert.Throws<TarnException>(() => new FlowScene().Build(steps));

        Assert.Equal((name, message), (name, error.Message));
        Assert.Equal(name == "function" ? ErrorKind.Unsupported : ErrorKind.Invalid, error.Kind);
    }

    [Fact]
    public async Task Run_AllStepsInAnotherOrder_RunsThemInFirehoseOrder()
    {
        var seen = new List<string>();
        var functions = new ScriptedFunctions
        {
            Answer = (_, call) => ScriptedFunctions.Each(
                call, record => ScriptedFunctions.Ok(record, Text(record.Data).Replace('a', 'A'))),
        };
        var scene = new FlowScene { Functions = functions, Metadata = step => new Seen(seen, step.Query) };
        var envelope = """
            {"messageType":"DATA_MESSAGE","logEvents":[{"message":"{\"a\":1}"},{"message":"{\"a\":2}{\"b\":3}"}]}
            """;

        var output = await scene.RunAsync(
            [
                new DelimiterStep { Delimiter = ";" },
                new MetadataStep { Query = "{k: .A}" },
                Shout,
                new DeaggregateStep { Form = SubRecordForm.Json },
                new CloudWatchLogsStep(),
                new DecompressStep(),
            ],
            Record(5, Kpl.Pack(("p", Gzip(envelope)), ("q", Gzip(envelope)))));

        Assert.Equal(["{k: .A} {\"A\":1}", "{k: .A} {\"A\":2}", "{k: .A} {\"b\":3}"], seen.Take(3));
        Assert.Equal(
            [
                (5ul, 0, "{\"A\":1};"), (5ul, 1, "{\"A\":2};"), (5ul, 2, "{\"b\":3};"),
                (5ul, 3, "{\"A\":1};"), (5ul, 4, "{\"A\":2};"), (5ul, 5, "{\"b\":3};"),
            ],
            Places(output));
        Assert.Equal(["p", "p", "p", "q", "q", "q"], output.Records.Select(record => Text(record.PartitionKey)));
        Assert.Empty(output.Failed);
    }

    [Fact]
    public async Task Run_FailuresOfSeveralSteps_AreInTheOrderOfTheInput()
    {
        var functions = new ScriptedFunctions
        {
            Answer = (_, call) => ScriptedFunctions.Each(call, record => new FunctionResult(
                record.RecordId, FunctionOutcome.ProcessingFailed, default, PartitionKeys: null)),
        };

        var output = await new FlowScene { Functions = functions }.RunAsync(
            [Shout, new DecompressStep()],
            Record(1, Gzip("one")),
            Record(2, "not gzip"),
            Record(3, Gzip("three")));

        Assert.Equal(
            [
                (1ul, "processing-failed", "Lambda.ProcessingFailedStatus"),
                (2ul, "decompression-failed", "Decompression failed."),
                (3ul, "processing-failed", "Lambda.ProcessingFailedStatus"),
            ],
            Failures(output));
        Assert.Equal(["one", "three"], functions.Calls.Single().Records.Select(record => Text(record.Data)));
        Assert.Equal(Gzip("one"), output.Failed[0].Record.Data.ToArray());
        Assert.Equal("not gzip", Text(output.Failed[1].Record.Data));
    }

    [Fact]
    public async Task Run_FailureAfterDeaggregation_HoldsTheSmallRecord()
    {
        var functions = new ScriptedFunctions
        {
            Answer = (_, _) => new FunctionFailure(FunctionCodes.JsonProcessing, "said no", MayPass: false),
        };

        var output = await new FlowScene { Functions = functions }.RunAsync(
            [Shout, new DecompressStep(), new DeaggregateStep { Form = SubRecordForm.Json }],
            Record(1, Gzip("{\"a\":1}\n{\"a\":2}")));

        Assert.Empty(output.Records);
        Assert.Equal(["{\"a\":1}", "{\"a\":2}"], output.Failed.Select(failed => Text(failed.Record.Data)));
        Assert.Equal([0, 1], output.Failed.Select(failed => failed.Record.SubSequence));
    }

    [Fact]
    public void Steps_AsStored_ReadBackTheSame()
    {
        RecordStep[] steps =
        [
            new DecompressStep(),
            new CloudWatchLogsStep(),
            Shout with { Retries = 7 },
            new DeaggregateStep { Form = SubRecordForm.Delimited, Delimiter = "Cg==" },
            new MetadataStep { Query = "{k: .k}" },
            new DelimiterStep(),
        ];

        var stored = JsonSerializer.Serialize(steps, StepsJson.Default.RecordStepArray);

        Assert.Contains("""{"$type":"deaggregate","form":"Delimited","delimiter":"Cg=="}""", stored);
        Assert.Equal(steps, JsonSerializer.Deserialize(stored, StepsJson.Default.RecordStepArray));
    }

    private static byte[] Gzip(string text) =>
        CompressionCodec.Compress(Encoding.UTF8.GetBytes(text), CompressionFormat.Gzip);

    private sealed class Seen(List<string> seen, string query) : IRecordFlow
    {
        public ValueTask RunAsync(IReadOnlyList<FlowRecord> input, FlowOutput output, CancellationToken cancellation)
        {
            seen.AddRange(input.Select(record => $"{query} {Text(record.Data)}"));
            output.Records.AddRange(input);
            return ValueTask.CompletedTask;
        }
    }
}
