using Tarn.Aws.Protocol;

namespace Tarn.Aws.S3;

/// <summary>
/// Which operation a request means, from the embedded list: method, level, and the query parameters and headers that
/// must be there. The line with the most of them wins.
/// </summary>
internal static class S3Routes
{
    private static readonly ILookup<(string Method, string Level), Route> All = OperationNames.Lines(AwsService.S3)
        .Select(Parse).ToLookup(route => (route.Method, route.Level));

    /// <summary>The names of the operations that fit best (aliases of one another), or none.</summary>
    public static IReadOnlyList<Route> Match(
        string method, string level, IReadOnlyDictionary<string, string> parameters, Func<string, bool> hasHeader)
    {
        var best = new List<Route>();
        foreach (var route in All[(method, level)])
        {
            var least = best.Count == 0 ? 0 : best[0].Needs.Length;
            if (route.Needs.Length < least
                || !Array.TrueForAll(route.Needs, need => Holds(need, parameters, hasHeader)))
            {
                continue;
            }

            if (route.Needs.Length > least)
            {
                best.Clear();
            }

            best.Add(route);
        }

        return best;
    }

    private static bool Holds(string need, IReadOnlyDictionary<string, string> parameters, Func<string, bool> hasHeader)
    {
        if (need[0] == '@')
        {
            return hasHeader(need[1..]);
        }

        var equals = need.IndexOf('=', StringComparison.Ordinal);
        return equals < 0
            ? parameters.ContainsKey(need)
            : parameters.GetValueOrDefault(need[..equals]) == need[(equals + 1)..];
    }

    private static Route Parse(string line)
    {
        var words = line.Split(' ');
        return new Route(words[0], words[1], words[2], words[3..]);
    }

    /// <param name="Needs">Query parameters (<c>name</c> or <c>name=value</c>) and headers (<c>@name</c>).</param>
    internal sealed record Route(string Name, string Method, string Level, string[] Needs)
    {
        public bool IsNamedBy(string parameter) => Needs.Any(need => need.Split('=')[0] == parameter);
    }
}
