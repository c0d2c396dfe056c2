using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tarn.Primitives.Errors;

namespace Tarn.Console.Api;

/// <summary>Parameters of a request's address. Those that an operation does not know are refused.</summary>
internal static class ApiQuery
{
    /// <summary>Refuses every parameter but these.</summary>
    public static void Allow(HttpRequest request, params string[] names)
    {
        foreach (var name in request.Query.Keys.Where(name => !names.Contains(name)))
        {
            throw new TarnException(
                ErrorKind.Invalid, $"parameter '{name}' is not known here", hint: Suggestion.Hint(name, names));
        }
    }

    /// <summary>A whole number within bounds, or its default when it is not given.</summary>
    public static long Number(HttpRequest request, string name, long otherwise, long min, long max)
    {
        if (!request.Query.TryGetValue(name, out var text))
        {
            return otherwise;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max
            ? number
            : throw new TarnException(ErrorKind.Invalid, $"parameter '{name}' must be {min} to {max}, not '{text}'");
    }
}
