using Tarn.Aws.Protocol.Signing;

namespace Tarn.Aws.Protocol;

/// <summary>Text of the form <c>a=1&amp;b&amp;c=%20</c>: queries of addresses and bodies of forms.</summary>
internal static class QueryString
{
    /// <summary>Names and values, decoded, in their order.</summary>
    public static IEnumerable<(string Name, string Value)> Pairs(string text)
    {
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = equals < 0 ? (pair, "") : (pair[..equals], pair[(equals + 1)..]);
            yield return (UriEncoding.Decode(name, plusIsSpace: true), UriEncoding.Decode(value, plusIsSpace: true));
        }
    }

    /// <summary>By name; a name that comes twice is refused with <paramref name="twiceCode"/>.</summary>
    public static Dictionary<string, string> Parse(string text, string twiceCode)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Pairs(text))
        {
            if (!parameters.TryAdd(name, value))
            {
                throw new AwsException(twiceCode, 400, $"parameter '{name}' is given twice");
            }
        }

        return parameters;
    }
}
