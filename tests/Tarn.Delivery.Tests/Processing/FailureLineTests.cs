using System.Buffers;
using System.Text;
using Tarn.Delivery.Processing;
using static Tarn.Delivery.Tests.Processing.FlowScene;

namespace Tarn.Delivery.Tests.Processing;

public sealed class FailureLineTests
{
    private const string Times = "\"attemptsMade\":3,\"arrivalTimestamp\":1795406713789,";
    private const string End = "\"attemptEndingTimestamp\":1795406826789,\"rawData\":\"b25l\"";

    private static readonly DateTimeOffset Ended = Arrival.AddMinutes(2);

    private static readonly FailureTable Table = new(
        "000000000000",
        "raw",
        "scores",
        "us-east-1",
        "LATEST",
        "arn:aws:glue:us-east-1:000000000000:table/raw/scores");

    [Fact]
    public void Write_FailedInAFunction_NamesTheFunction() => Assert.Equal(
        $$"""{{{Times}}"errorCode":"C","errorMessage":"said \"no\" to <é>",{{End}},"lambdaARN":"arn:f"}""" + "\n",
        Line(ErrorTypes.ProcessingFailed, "said \"no\" to <é>", "arn:f"));

    [Fact]
    public void Write_FailedInAnotherStep_NamesNoFunction() => Assert.Equal(
        $$"""{{{Times}}"errorCode":"C","errorMessage":"m",{{End}}}""" + "\n",
        Line(ErrorTypes.DecompressionFailed, "m", lambdaArn: null));

    [Fact]
    public void Write_FailedInConversion_NamesSequenceAndTable() => Assert.Equal(
        $$"""{{{Times}}"lastErrorCode":"C","lastErrorMessage":"m",{{End}},"sequenceNumber":"7","subSequenceNumber":2,"""
            + """
            "dataCatalogTable":{"catalogId":"000000000000","databaseName":"raw","tableName":"scores",
            "region":"us-east-1","versionId":"LATEST",
            "catalogArn":"arn:aws:glue:us-east-1:000000000000:table/raw/scores"}}
            """.ReplaceLineEndings("") + "\n",
        Line(ErrorTypes.FormatConversionFailed, "m", lambdaArn: null));

    [Fact]
    public void Write_FailedAtAnEndpoint_NamesTheDataId() => Assert.Equal(
        $$"""{{{Times}}"errorCode":"C","errorMessage":"m",{{End}},"subsequenceNumber":2,"dataId":"7.2"}""" + "\n",
        Line(ErrorTypes.HttpEndpointFailed, "m", lambdaArn: null));

    private static string Line(string errorType, string message, string? lambdaArn)
    {
        var output = new ArrayBufferWriter<byte>();
        var record = Record(7, "one") with { SubSequence = 2 };
        FailureLine.Write(output, new FailedRecord(record, errorType, "C", message, lambdaArn, 3), Ended, Table);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
