using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Specs;

/// <summary>What the settings of an endpoint must fulfil.</summary>
internal static class EndpointRules
{
    private const long MiB = 1L << 20;

    public static void Check(EndpointDestination endpoint)
    {
        if (!Uri.TryCreate(endpoint.Url, UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttps && !(url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
        {
            throw Invalid($"url '{endpoint.Url}' of the endpoint is not https, nor http to this machine");
        }

        if (endpoint.BufferSeconds is < 0 or > 900)
        {
            throw Invalid($"a buffer of {endpoint.BufferSeconds} seconds is not within 0 to 900");
        }

        if (endpoint.BufferBytesMax is < MiB or > 64 * MiB)
        {
            throw Invalid($"a buffer of {endpoint.BufferBytesMax} bytes is not within 1 to 64 MiB");
        }

        if (endpoint.RetrySeconds is < 0 or > 7200)
        {
            throw Invalid($"a retry time of {endpoint.RetrySeconds} seconds is not within 0 to 7200");
        }

        if (endpoint.CommonAttributes.Count > 50
            || endpoint.CommonAttributes.Select(item => item.Key).Distinct().Count() != endpoint.CommonAttributes.Count)
        {
            throw Invalid("common attributes are more than 50, or one is given twice");
        }
    }

    private static TarnException Invalid(string message) => new(ErrorKind.Invalid, message);
}
