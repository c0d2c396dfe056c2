namespace Tarn.Aws.Firehose.Outgoing;

/// <summary>
/// Firehose's error codes around HTTP endpoints
/// (https://docs.aws.amazon.com/firehose/latest/dev/http_troubleshooting.html).
/// </summary>
internal static class EndpointCodes
{
    /// <summary>It answered with another status than 200.</summary>
    public const string DestinationException = "HttpEndpoint.DestinationException";

    /// <summary>It answered 200 in another form than asked for.</summary>
    public const string InvalidResponse = "HttpEndpoint.InvalidResponseFromDestination";

    public const string RequestTimeout = "HttpEndpoint.RequestTimeout";
    public const string ResponseTooLarge = "HttpEndpoint.ResponseTooLarge";
    public const string ConnectionFailed = "HttpEndpoint.ConnectionFailed";
    public const string ConnectionReset = "HttpEndpoint.ConnectionReset";
    public const string SslHandshakeFailure = "HttpEndpoint.SSLHandshakeFailure";

    /// <summary>The settings cannot be said in a request.</summary>
    public const string MakeRequestFailure = "HttpEndpoint.MakeRequestFailure";
}
