using static Tarn.Delivery.Tests.Processing.FlowScene;

namespace Tarn.Delivery.Tests.Processing.Steps;

public sealed class DeaggregationTests
{
    private static readonly RecordStep[] Json = [new DeaggregateStep { Form = SubRecordForm.Json }];

    [Theory]
    [InlineData("""{"a":1}{"a":2}""", new[] { """{"a":1}""", """{"a":2}""" })]
    [InlineData("{\"a\":1}\n{\"a\":{\"b\":\"}{\"}}\r\n\n", new[] { """{"a":1}""", """{"a":{"b":"}{"}}""" })]
    [InlineData(" {\"n\": 1.50} ", new[] { """{"n": 1.50}""" })]
    [InlineData("", new string[0])]
    public async Task RunJson_ObjectsInARow_AreARecordEach(string data, string[] expected)
    {
        var output = await new FlowScene().RunAsync(Json, Record(4, data));

        Assert.Equal(expected.Select((text, at) => (4ul, at, text)), Places(output));
        Assert.Empty(output.Failed);
    }

    [Theory]
    [InlineData("""[{"a":1},{"a":2}]""", "not a JSON object at byte 0")]
    [InlineData("""{"a":1},{"a":2}""", "not JSON at byte 7")]
    [InlineData("""{"a":1} 7""", "not a JSON object at byte 8")]
    [InlineData("""{"a":1}{"a":""", "not JSON at byte 12")]
    public async Task RunJson_AnythingElse_FailsAsAWhole(string data, string message)
    {
        var output = await new FlowScene().RunAsync(Json, Record(4, data), Record(5, "{}"));

        Assert.Equal([(5ul, 0, "{}")], Places(output));
        Assert.Equal(
            [(4ul, "processing-failed", "DynamicPartitioning.DeaggregationFailed")], Failures(output));
        Assert.Equal((message, data), (output.Failed[0].Message, Text(output.Failed[0].Record.Data)));
    }

    [Theory]
    [InlineData("IyMjIw==", "a####b##c####", new[] { "a", "b##c" })]
    [InlineData("Cg==", "\none\n\ntwo", new[] { "one", "two" })]
    [InlineData("Cg==", "", new string[0])]
    public async Task RunDelimited_Pieces_AreARecordEach(string delimiter, string data, string[] expected)
    {
        var step = new DeaggregateStep { Form = SubRecordForm.Delimited, Delimiter = delimiter };

        var output = await new FlowScene().RunAsync([step], Record(4, data));

        Assert.Equal(expected.Select((text, at) => (4ul, at, text)), Places(output));
    }

    [Fact]
    public async Task Run_MoreThan500InOne_FailsAsAWhole()
    {
        var most = string.Concat(Enumerable.Repeat("{}", 500));

        var output = await new FlowScene().RunAsync(Json, Record(4, most + "{}"), Record(5, most));

        Assert.Equal(500, output.Records.Count);
        Assert.All(output.Records, record => Assert.Equal(5ul, record.Sequence.Value));
        Assert.Equal("501 records in one, at most 500 are taken apart", Assert.Single(output.Failed).Message);
    }

    [Fact]
    public async Task RunDelimiter_Records_EndWithIt()
    {
        foreach (var (delimiter, end) in new[] { (@"\n", "\n"), ("\n", "\n"), (@"\r\n|\t\\", "\r\n|\t\\"), ("é", "é") })
        {
            var output = await new FlowScene().RunAsync(
                [new DelimiterStep { Delimiter = delimiter }], Record(1, "a"), Record(2, ""), Record(3, "b\n"));

            Assert.Equal([(1ul, 0, "a" + end), (2ul, 0, end), (3ul, 0, "b\n" + end)], Places(output));
        }

        Assert.Equal(@"\n", new DelimiterStep().Delimiter);
    }
}
