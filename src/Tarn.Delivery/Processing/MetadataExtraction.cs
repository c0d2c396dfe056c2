using System.Text.Json;
using Tarn.Delivery.Jq;
using Tarn.Delivery.Jq.Values;
using Tarn.Delivery.Prefixes;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Processing;

/// <summary>
/// Finds a record's partition keys: the members of the object that the step's query gives for it. A record without them
/// fails in Firehose's words; the others go on with the same data.
/// </summary>
internal sealed class MetadataExtraction(MetadataStep step) : IRecordFlow
{
    /// <summary>Firehose's code, whatever the reason.</summary>
    public const string Code = "DynamicPartitioning.MetadataExtractionFailed";

    private const string NotJson = "Non JSON record provided";
    private const string NoKey = "partitionKeys values must not be null or empty";

    private readonly JqQuery _query = ParseQuery(step);

    /// <summary>
    /// The step and the prefix must name the same keys. Fails with Invalid, or as <see cref="JqQuery.Parse"/> does.
    /// </summary>
    /// <param name="step">Null when there is none.</param>
    /// <param name="prefix">Of delivered objects.</param>
    public static void Check(MetadataStep? step, PrefixExpression prefix)
    {
        if (step is null)
        {
            if (prefix.UsesQueryKeys)
            {
                throw new TarnException(
                    ErrorKind.Invalid,
                    $"prefix '{prefix.Text}' holds the partition key '{prefix.QueryKeys[0]}', but no query finds it",
                    hint: $"add the query {{{prefix.QueryKeys[0]}: .{prefix.QueryKeys[0]}}}");
            }

            return;
        }

        var keys = ParseQuery(step).ResultKeys ?? throw new TarnException(
            ErrorKind.Invalid,
            $"metadata extraction query '{step.Query}' does not say which keys its result has",
            hint: "end it with an object whose keys are written out: {customer_id: .customer_id}");
        if (prefix.QueryKeys.FirstOrDefault(key => !keys.Contains(key)) is { } missing)
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"prefix '{prefix.Text}' holds the partition key '{missing}', which the query does not give",
                $"the query gives {string.Join(", ", keys)}",
                Suggestion.Hint(missing, keys));
        }

        if (keys.FirstOrDefault(key => !prefix.QueryKeys.Contains(key)) is { } unused)
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"metadata extraction query gives the key '{unused}', which prefix '{prefix.Text}' does not hold",
                hint: $"add !{{partitionKeyFromQuery:{unused}}} to the prefix, or leave the key out");
        }
    }

    public ValueTask RunAsync(IReadOnlyList<FlowRecord> input, FlowOutput output, CancellationToken cancellation)
    {
        foreach (var record in input)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Find(record.Data, out var reason) is { } keys)
            {
                output.Records.Add(record with { QueryKeys = keys });
            }
            else
            {
                output.Fail(record, ErrorTypes.MetadataExtractionFailed, Code, reason);
            }
        }

        return ValueTask.CompletedTask;
    }

    private static JqQuery ParseQuery(MetadataStep step) => JqQuery.Parse(step.Query, "metadata extraction query");

    /// <summary>The keys, or null and why there are none.</summary>
    private Dictionary<string, string>? Find(ReadOnlyMemory<byte> data, out string reason)
    {
        try
        {
            using var document = JsonDocument.Parse(data, JqQuery.JsonForm);
            reason = "";
            return KeysOf(document.RootElement, ref reason);
        }
        catch (JsonException)
        {
            reason = NotJson;
        }
        catch (Exception fault) when (fault is JqFault or JqLimitFault)
        {
            reason = fault.Message;
        }

        return null;
    }

    private Dictionary<string, string>? KeysOf(JsonElement record, ref string reason)
    {
        JqValue? result = null;
        foreach (var value in _query.Run(record))
        {
            if (result is not null)
            {
                reason = "the query gives more than one value";
                return null;
            }

            result = value;
        }

        if (result is not { Kind: JqKind.Object } found)
        {
            reason = result is null
                ? "the query gives no value"
                : $"the query gives {result.Value.TypeName}, not object";
            return null;
        }

        var keys = new Dictionary<string, string>(found.Object.Members.Count, StringComparer.Ordinal);
        foreach (var (name, value) in found.Object.Members)
        {
            var text = value.Kind is JqKind.Null or JqKind.Array or JqKind.Object ? "" : value.AsText();
            if (text.Length == 0)
            {
                reason = value.Kind is JqKind.Array or JqKind.Object
                    ? $"partition key '{name}' is {value.TypeName}, not string, number or boolean"
                    : NoKey;
                return null;
            }

            keys[name] = text;
        }

        return keys;
    }
}
