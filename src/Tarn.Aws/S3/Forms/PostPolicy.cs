using System.Globalization;
using System.Text.Json;
using Tarn.Aws.Protocol;

namespace Tarn.Aws.S3.Forms;

/// <summary>
/// What the signer of a form lets others upload, and until when
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html):
/// <code>
/// {"expiration":"2026-01-02T03:04:05.000Z","conditions":[{"acl":"private"},["starts-with","$key","photos/"],
///                                                        ["content-length-range",1,1048576]]}
/// </code>
/// </summary>
/// <param name="BytesMin">The least that every content-length-range allows; 0 when there is none.</param>
/// <param name="BytesMax">The most that every content-length-range allows, or null.</param>
internal sealed record PostPolicy(
    DateTimeOffset Expiration, IReadOnlyList<PolicyCondition> Conditions, long BytesMin, long? BytesMax)
{
    /// <summary>Fields that need no condition.</summary>
    private static readonly string[] Free = ["x-amz-signature", "file", "policy"];

    public static PostPolicy Parse(string base64)
    {
        try
        {
            using var document = JsonDocument.Parse(Convert.FromBase64String(base64));
            var policy = new PostPolicy(Time(Text(document.RootElement.GetProperty("expiration"))), [], 0, null);
            foreach (var condition in document.RootElement.GetProperty("conditions").EnumerateArray())
            {
                policy = policy.With(condition);
            }

            return policy;
        }
        catch (Exception failure) when (failure is FormatException or JsonException or KeyNotFoundException
            or InvalidOperationException or OverflowException)
        {
            throw Invalid("Invalid JSON.");
        }
    }

    /// <summary>
    /// AccessDenied when the time is over, a condition does not hold, or a field is sent that no condition names.
    /// </summary>
    public void Check(IReadOnlyDictionary<string, string> fields, DateTimeOffset now)
    {
        if (now > Expiration)
        {
            throw Denied("Policy expired.");
        }

        foreach (var condition in Conditions)
        {
            if (!condition.Holds(fields.GetValueOrDefault(condition.Field) ?? ""))
            {
                throw Denied($"Policy Condition failed: {condition}");
            }
        }

        var named = Conditions.Select(condition => condition.Field).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var extra = fields.Keys.FirstOrDefault(field =>
            field != "bucket"
            && !named.Contains(field)
            && !Free.Contains(field, StringComparer.OrdinalIgnoreCase)
            && !field.StartsWith("x-ignore-", StringComparison.OrdinalIgnoreCase));
        if (extra is not null)
        {
            throw Denied($"Extra input fields: {extra}");
        }
    }

    private PostPolicy With(JsonElement condition)
    {
        if (condition.ValueKind == JsonValueKind.Object)
        {
            var equal = condition.EnumerateObject()
                .Select(field => new PolicyCondition(field.Name, Text(field.Value), IsPrefix: false));
            return this with { Conditions = [.. Conditions, .. equal] };
        }

        var parts = condition.EnumerateArray().ToList();
        if (parts.Count != 3)
        {
            throw Invalid("Invalid Condition: wrong number of arguments.");
        }

        var kind = Text(parts[0]);
        if (kind.Equals("content-length-range", StringComparison.OrdinalIgnoreCase))
        {
            return this with
            {
                BytesMin = Math.Max(BytesMin, Number(parts[1])),
                BytesMax = Math.Min(BytesMax ?? long.MaxValue, Number(parts[2])),
            };
        }

        var isPrefix = kind.Equals("starts-with", StringComparison.OrdinalIgnoreCase);
        var field = Text(parts[1]);
        if ((!isPrefix && !kind.Equals("eq", StringComparison.OrdinalIgnoreCase)) || !field.StartsWith('$'))
        {
            throw Invalid($"Invalid Condition: '{kind}' of '{field}'");
        }

        return this with { Conditions = [.. Conditions, new(field[1..], Text(parts[2]), isPrefix)] };
    }

    private static string Text(JsonElement value) => value.GetString() ?? throw new FormatException();

    private static DateTimeOffset Time(string text) => DateTimeOffset.ParseExact(
        text,
        ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'"],
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal);

    private static long Number(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? long.Parse(value.GetString()!, NumberStyles.None, CultureInfo.InvariantCulture)
        : value.GetInt64();

    private static AwsException Invalid(string why) =>
        new("InvalidPolicyDocument", 400, "Invalid Policy: " + why);

    private static AwsException Denied(string why) =>
        new("AccessDenied", 403, "Invalid according to Policy: " + why);
}
