using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tarn.Delivery.Processing;

/// <summary>
/// A failed record as a line of an error object, in the form that Firehose gives each type of error. The same record
/// and time give the same bytes.
/// </summary>
/// <remarks>
/// Layout, times in milliseconds since 1970, <c>rawData</c> base64, one object per line:
/// <code>
/// processing-failed, decompression-failed (lambdaARN only of a function):
///   {"attemptsMade":4,"arrivalTimestamp":1741088912364,"errorCode":"Lambda.FunctionError","errorMessage":"…",
///    "attemptEndingTimestamp":1741089007666,"rawData":"…","lambdaARN":"arn:aws:lambda:…"}
/// format-conversion-failed:
///   {"attemptsMade":1,"arrivalTimestamp":…,"lastErrorCode":"…","lastErrorMessage":"…","attemptEndingTimestamp":…,
///    "rawData":"…","sequenceNumber":"…","subSequenceNumber":0,"dataCatalogTable":{"catalogId":"…","databaseName":"…",
///    "tableName":"…","region":"…","versionId":"LATEST","catalogArn":"…"}}
/// http-endpoint-failed:
///   {"attemptsMade":5,"arrivalTimestamp":…,"errorCode":"HttpEndpoint.DestinationException","errorMessage":"…",
///    "attemptEndingTimestamp":…,"rawData":"…","subsequenceNumber":0,"dataId":"&lt;sequence number&gt;.0"}
/// </code>
/// (https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-failure-handling.html,
/// …/record-format-conversion-error-handling.html, …/retry.html.)
/// </remarks>
internal static class FailureLine
{
    // The line is a file, not a page: letters and signs stay readable.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="attemptEnded">When the last attempt ended.</param>
    /// <param name="table">The conversion's table; of no effect on other types of error.</param>
    public static void Write(
        IBufferWriter<byte> output, in FailedRecord failed, DateTimeOffset attemptEnded, FailureTable? table)
    {
        var isConversion = failed.ErrorType == ErrorTypes.FormatConversionFailed;
        var record = failed.Record;
        using (var line = new Utf8JsonWriter(output, Options))
        {
            line.WriteStartObject();
            line.WriteNumber("attemptsMade", failed.Attempts);
            line.WriteNumber("arrivalTimestamp", record.ArrivalTime.ToUnixTimeMilliseconds());
            line.WriteString(isConversion ? "lastErrorCode" : "errorCode", failed.Code);
            line.WriteString(isConversion ? "lastErrorMessage" : "errorMessage", failed.Message);
            line.WriteNumber("attemptEndingTimestamp", attemptEnded.ToUnixTimeMilliseconds());
            line.WriteBase64String("rawData", record.Data.Span);
            if (isConversion)
            {
                line.WriteString("sequenceNumber", record.Sequence.ToString());
                line.WriteNumber("subSequenceNumber", record.SubSequence);
                Write(line, table);
            }
            else if (failed.ErrorType == ErrorTypes.HttpEndpointFailed)
            {
                line.WriteNumber("subsequenceNumber", record.SubSequence);
                line.WriteString("dataId", string.Create(
                    CultureInfo.InvariantCulture, $"{record.Sequence}.{record.SubSequence}"));
            }
            else if (failed.LambdaArn is { } function)
            {
                line.WriteString("lambdaARN", function);
            }

            line.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static void Write(Utf8JsonWriter line, FailureTable? table)
    {
        if (table is null)
        {
            return;
        }

        line.WriteStartObject("dataCatalogTable");
        line.WriteString("catalogId", table.CatalogId);
        line.WriteString("databaseName", table.Database);
        line.WriteString("tableName", table.Table);
        line.WriteString("region", table.Region);
        line.WriteString("versionId", table.VersionId);
        line.WriteString("catalogArn", table.CatalogArn);
        line.WriteEndObject();
    }
}
