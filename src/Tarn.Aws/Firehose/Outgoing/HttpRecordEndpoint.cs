using Tarn.Delivery.Endpoints;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Firehose.Outgoing;

/// <summary>Posts batches in the form that Firehose posts them to HTTP endpoints.</summary>
internal sealed class HttpRecordEndpoint(OutgoingHttp http, LakeIdentity lake, FirehoseOutgoingOptions options)
    : IRecordEndpoint
{
    /// <summary>AWS's limit of an answer.</summary>
    public const int AnswerBytesMax = 1 << 20;

    public async Task<EndpointAnswer> PostAsync(EndpointPost post, CancellationToken cancellation)
    {
        HttpRequestMessage request;
        try
        {
            request = EndpointRequest.Write(post, lake);
        }
        catch (FormatException exception)
        {
            return new EndpointRefused(EndpointCodes.MakeRequestFailure, exception.Message, MayPass: false);
        }

        using (request)
        {
            var answer = await http.PostAsync(request, options.EndpointTimeout, AnswerBytesMax, cancellation)
                .ConfigureAwait(false);
            return answer switch
            {
                OutgoingAnswer.Received received => EndpointReply.Read(received, post.RequestId),
                OutgoingAnswer.TooLarge => new EndpointRefused(
                    EndpointCodes.ResponseTooLarge, "The response is larger than 1 MiB.", MayPass: true),
                OutgoingAnswer.TimedOut => new EndpointRefused(
                    EndpointCodes.RequestTimeout,
                    $"The endpoint did not answer within {options.EndpointTimeout.TotalSeconds} seconds.",
                    MayPass: true),
                OutgoingAnswer.Failed failed => new EndpointRefused(
                    Code(failed.Error), $"{post.Url.Authority}: {failed.Message}", MayPass: true),
                _ => throw new ArgumentOutOfRangeException(nameof(post), answer, message: null),
            };
        }
    }

    private static string Code(HttpRequestError error) => error switch
    {
        HttpRequestError.SecureConnectionError => EndpointCodes.SslHandshakeFailure,
        HttpRequestError.ConfigurationLimitExceeded => EndpointCodes.ResponseTooLarge,
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError => EndpointCodes.ConnectionFailed,
        _ => EndpointCodes.ConnectionReset,
    };
}
