using Microsoft.AspNetCore.Http;

namespace Tarn.Aws.Protocol.Signing;

/// <summary>The parts of a request that a signature covers, as they came on the wire.</summary>
/// <param name="Path">With its percent escapes, without the query.</param>
/// <param name="Query">Without the question mark.</param>
internal readonly record struct SignableRequest(string Method, string Path, string Query, IHeaderDictionary Headers)
{
    /// <summary>Splits a request target such as <c>/bucket/key?x-id=PutObject</c>.</summary>
    public static SignableRequest Of(string method, string target, IHeaderDictionary headers)
    {
        var question = target.IndexOf('?', StringComparison.Ordinal);
        return question < 0
            ? new SignableRequest(method, target, "", headers)
            : new SignableRequest(method, target[..question], target[(question + 1)..], headers);
    }
}
