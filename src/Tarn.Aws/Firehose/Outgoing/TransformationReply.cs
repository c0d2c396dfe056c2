using System.Text.Json;
using Tarn.Delivery.Endpoints;

namespace Tarn.Aws.Firehose.Outgoing;

/// <summary>
/// What a function answers to Firehose
/// (https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-status-model.html), or its error.
/// </summary>
internal static class TransformationReply
{
    private const string FormMessage = "There was an error parsing returned records from the Lambda function.";
    private const string ErrorMessage = "The Lambda function was successfully invoked but it returned an error result.";

    /// <param name="isError">The answer's header says that the function failed.</param>
    public static FunctionAnswer Read(ReadOnlyMemory<byte> body, bool isError)
    {
        try
        {
            using var reply = JsonDocument.Parse(body);
            return isError ? Error(reply.RootElement) : Read(reply.RootElement);
        }
        catch (JsonException)
        {
            // The runtime emulator says plainly that a function took too long.
            var text = Excerpt.Of(body.Span);
            return isError || SaysTimedOut(text) ? Error(text) : Malformed("the answer is not JSON");
        }
        catch (InvalidOperationException)
        {
            // What JsonElement throws for text that is not Unicode.
            return Malformed("the answer holds text that is not Unicode");
        }
    }

    private static FunctionAnswer Read(JsonElement reply)
    {
        if (reply.ValueKind != JsonValueKind.Object)
        {
            return Malformed("the answer is not a JSON object");
        }

        if (!reply.TryGetProperty("records", out var records) || records.ValueKind != JsonValueKind.Array)
        {
            return reply.TryGetProperty("errorMessage", out _) || reply.TryGetProperty("errorType", out _)
                ? Error(reply)
                : Malformed("the answer has no 'records'");
        }

        var results = new List<FunctionResult>(records.GetArrayLength());
        foreach (var record in records.EnumerateArray())
        {
            if (Text(record, "recordId") is not { } id || Text(record, "result") is not { } result)
            {
                return Malformed("a record has no 'recordId' or no 'result'");
            }

            if (ReadResult(record, id, result) is not { } read)
            {
                return new FunctionFailure(
                    FunctionCodes.FunctionError,
                    $"{ErrorMessage} Record {id} has a 'result' other than Ok, Dropped and ProcessingFailed,"
                        + " 'data' that is not base64, or a partition key that is not a text.",
                    MayPass: false);
            }

            results.Add(read);
        }

        return new FunctionResults(results);
    }

    private static FunctionResult? ReadResult(JsonElement record, string id, string result)
    {
        switch (result)
        {
            case "Dropped":
                return new FunctionResult(id, FunctionOutcome.Dropped, default, PartitionKeys: null);
            case "ProcessingFailed":
                return new FunctionResult(id, FunctionOutcome.ProcessingFailed, default, PartitionKeys: null);
            case "Ok" when record.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.String
                && data.TryGetBytesFromBase64(out var bytes) && TryReadKeys(record, out var keys):
                return new FunctionResult(id, FunctionOutcome.Ok, bytes, keys);
            default:
                return null;
        }
    }

    private static bool TryReadKeys(JsonElement record, out Dictionary<string, string>? keys)
    {
        keys = null;
        if (!record.TryGetProperty("metadata", out var metadata) || metadata.ValueKind != JsonValueKind.Object
            || !metadata.TryGetProperty("partitionKeys", out var given) || given.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in given.EnumerateObject())
        {
            if (key.Value.ValueKind != JsonValueKind.String)
            {
                return false;
            }

            keys[key.Name] = key.Value.GetString()!;
        }

        return true;
    }

    private static FunctionFailure Error(JsonElement error)
    {
        var type = Text(error, "errorType");
        var text = Text(error, "errorMessage");
        return Error(string.Join(": ", new[] { type, text }.Where(part => !string.IsNullOrEmpty(part))));
    }

    private static FunctionFailure Error(string said)
    {
        var message = SaysTimedOut(said) ? "The Lambda function invocation timed out." : ErrorMessage;
        return new FunctionFailure(
            SaysTimedOut(said) ? FunctionCodes.FunctionTimedOut : FunctionCodes.FunctionError,
            said.Length == 0 ? message : $"{message} {Excerpt.Of(said)}",
            MayPass: true);
    }

    private static bool SaysTimedOut(string text) => text.Contains("Task timed out after", StringComparison.Ordinal);

    private static FunctionFailure Malformed(string detail) =>
        new(FunctionCodes.JsonProcessing, $"{FormMessage} In this case {detail}.", MayPass: false);

    private static string? Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
