using System.Text.Json;
using Tarn.Primitives.Errors;

namespace Tarn.Commands.Access;

/// <summary>What a grant is on: <c>BUCKET</c> or <c>BUCKET/PREFIX</c>, also after <c>s3://</c>.</summary>
internal readonly record struct GrantPlace(string Bucket, string Prefix)
{
    private const string Scheme = "s3://";

    public static GrantPlace Parse(string text)
    {
        var rest = text.StartsWith(Scheme, StringComparison.Ordinal) ? text[Scheme.Length..] : text;
        if (rest.Contains('*', StringComparison.Ordinal))
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"'{text}' has a wildcard; a grant is on a whole bucket or on all below a prefix",
                hint: "lake/reports/ covers every key below reports/; patterns are for bucket policies");
        }

        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new GrantPlace(rest, "") : new GrantPlace(rest[..slash], rest[(slash + 1)..]);
    }

    public static GrantPlace Of(JsonElement grant) =>
        new(grant.GetProperty("bucket").GetString()!, grant.GetProperty("prefix").GetString()!);

    public override string ToString() => Prefix.Length == 0 ? Bucket : $"{Bucket}/{Prefix}";
}
