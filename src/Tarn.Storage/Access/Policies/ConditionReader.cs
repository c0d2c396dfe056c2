using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Tarn.Primitives.Errors;

namespace Tarn.Storage.Access.Policies;

/// <summary>
/// Conditions: <c>Bool</c> on aws:SecureTransport, <c>IpAddress</c> and <c>NotIpAddress</c> on aws:SourceIp,
/// <c>StringEquals</c>, <c>StringLike</c> and their Not forms on s3:prefix. No other operator or key is taken.
/// </summary>
internal static class ConditionReader
{
    private const string SecureTransport = "aws:SecureTransport";
    private const string SourceIp = "aws:SourceIp";
    private const string Prefix = "s3:prefix";

    private static readonly Dictionary<string, string> KeyOf = new(StringComparer.Ordinal)
    {
        ["Bool"] = SecureTransport,
        ["IpAddress"] = SourceIp,
        ["NotIpAddress"] = SourceIp,
        ["StringEquals"] = Prefix,
        ["StringNotEquals"] = Prefix,
        ["StringLike"] = Prefix,
        ["StringNotLike"] = Prefix,
    };

    public static ImmutableArray<PolicyCondition> Read(JsonElement value)
    {
        PolicyJson.RequireObject(value, "Condition");
        var conditions = ImmutableArray.CreateBuilder<PolicyCondition>();
        foreach (var member in value.EnumerateObject())
        {
            var key = KeyOf.GetValueOrDefault(member.Name) ?? throw PolicyErrors.Malformed(
                $"tarn does not support condition operator '{member.Name}'",
                Suggestion.Hint(member.Name, KeyOf.Keys) ?? "there are " + string.Join(", ", KeyOf.Keys));
            PolicyJson.RequireObject(member.Value, member.Name);
            foreach (var condition in member.Value.EnumerateObject())
            {
                if (!condition.Name.Equals(key, StringComparison.OrdinalIgnoreCase))
                {
                    throw PolicyErrors.Malformed(
                        $"tarn does not support condition key '{condition.Name}' with {member.Name}",
                        hint: $"{member.Name} is taken with {key}");
                }

                conditions.Add(One(member.Name, key, condition.Value));
            }
        }

        return conditions.ToImmutable();
    }

    private static PolicyCondition One(string operation, string key, JsonElement value)
    {
        var isNegated = operation.Contains("Not", StringComparison.Ordinal);
        return key switch
        {
            SecureTransport => new PolicyCondition.Secure(Truth(value)),
            SourceIp => new PolicyCondition.Source(
                isNegated, [.. PolicyJson.Texts(value, SourceIp).Select(Network)]),
            _ => new PolicyCondition.Prefix(
                isNegated, operation.EndsWith("Like", StringComparison.Ordinal), [.. Prefixes(value)]),
        };
    }

    private static bool Truth(JsonElement value)
    {
        var items = PolicyJson.Items(value);
        var text = items.Count != 1
            ? ""
            : items[0].ValueKind == JsonValueKind.String ? items[0].GetString() : items[0].GetRawText();
        return text switch
        {
            "true" => true,
            "false" => false,
            _ => throw PolicyErrors.Malformed($"{SecureTransport} is compared with one of \"true\" and \"false\""),
        };
    }

    private static IPNetwork Network(string text)
    {
        if (IPAddress.TryParse(text, out var address) && !text.Contains('/', StringComparison.Ordinal))
        {
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        }

        return IPNetwork.TryParse(text, out var network)
            ? network
            : throw PolicyErrors.Malformed(
                $"'{text}' is not a range of IP addresses", hint: "use 203.0.113.0/24 or 203.0.113.7");
    }

    private static IEnumerable<string> Prefixes(JsonElement value)
    {
        foreach (var text in PolicyJson.Texts(value, Prefix))
        {
            yield return text.Contains("${", StringComparison.Ordinal)
                ? throw PolicyErrors.Malformed($"tarn does not support policy variables, as in {Prefix} '{text}'")
                : text;
        }
    }
}
