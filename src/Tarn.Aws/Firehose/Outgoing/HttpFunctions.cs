using System.Net;
using System.Net.Http.Headers;
using Tarn.Delivery.Endpoints;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Firehose.Outgoing;

/// <summary>
/// Functions that run elsewhere and are called as Lambda's Invoke is, such as those behind the runtime interface
/// emulator (https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html). Calls are not signed.
/// </summary>
internal sealed class HttpFunctions(OutgoingHttp http, LakeIdentity lake, FirehoseOutgoingOptions options)
    : IRecordFunctions
{
    /// <summary>Lambda's own limit of a synchronous answer.</summary>
    public const int AnswerBytesMax = 6_291_556;

    private const string InvokePath = "/2015-03-31/functions/function/invocations";
    private const int ArnPartsWithQualifier = 8;

    public bool Knows(string functionArn) => Find(functionArn) is not null;

    public async Task<FunctionAnswer> InvokeAsync(FunctionCall call, CancellationToken cancellation)
    {
        if (Find(call.FunctionArn) is not { } address)
        {
            return new FunctionFailure(
                FunctionCodes.ResourceNotFound,
                $"The function {call.FunctionArn} is not mapped to an endpoint.",
                MayPass: false);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Content = new ByteArrayContent(TransformationEvent.Write(call, lake));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var answer = await http.PostAsync(request, options.FunctionTimeout, AnswerBytesMax, cancellation)
            .ConfigureAwait(false);
        return answer switch
        {
            OutgoingAnswer.Received { Status: HttpStatusCode.OK } received => TransformationReply.Read(
                received.Body, received.Headers.Contains("X-Amz-Function-Error")),
            OutgoingAnswer.Received received => Refused(received),
            OutgoingAnswer.TooLarge => new FunctionFailure(
                FunctionCodes.FunctionError,
                $"The response payload of the Lambda function is larger than {AnswerBytesMax} bytes.",
                MayPass: false),
            OutgoingAnswer.TimedOut => new FunctionFailure(
                FunctionCodes.FunctionTimedOut,
                $"The Lambda function did not answer within {options.FunctionTimeout.TotalSeconds} seconds.",
                MayPass: true),
            OutgoingAnswer.Failed failed => new FunctionFailure(
                FunctionCodes.ConnectionFailed,
                $"The Lambda function could not be reached at {address.Authority}: {failed.Message}",
                MayPass: true),
            _ => throw new ArgumentOutOfRangeException(nameof(call), answer, message: null),
        };
    }

    private static FunctionFailure Refused(OutgoingAnswer.Received received)
    {
        var (code, mayPass) = received.Status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => (FunctionCodes.InvokeAccessDenied, false),
            HttpStatusCode.NotFound => (FunctionCodes.ResourceNotFound, false),
            HttpStatusCode.TooManyRequests => (FunctionCodes.InvokeLimitExceeded, true),
            >= HttpStatusCode.InternalServerError => (FunctionCodes.InternalServerError, true),
            _ => (FunctionCodes.FunctionError, false),
        };
        return new FunctionFailure(
            code, $"The Lambda function answered {(int)received.Status}: {Excerpt.Of(received.Body)}", mayPass);
    }

    /// <summary>Where the function is called; a version or alias not mapped by itself is the function.</summary>
    private Uri? Find(string functionArn)
    {
        if (!options.Functions.TryGetValue(functionArn, out var address)
            && functionArn.Split(':') is { Length: ArnPartsWithQualifier } parts)
        {
            options.Functions.TryGetValue(string.Join(':', parts[..^1]), out address);
        }

        return address is { AbsolutePath: "/" } ? new Uri(address, InvokePath) : address;
    }
}
