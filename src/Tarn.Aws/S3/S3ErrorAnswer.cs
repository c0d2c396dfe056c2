using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Xml;

namespace Tarn.Aws.S3;

/// <summary>
/// S3's error document (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html): code, message, what the
/// failure is about, resource and the request's ids.
/// </summary>
internal static class S3ErrorAnswer
{
    public static XmlAnswer Write(Exchange exchange, S3Address address, AwsException failure)
    {
        var answer = new XmlAnswer("Error", null);
        answer.Text("Code", failure.Code).Text("Message", Clean(failure.Message));
        foreach (var (name, text) in failure.Elements.Count > 0 ? failure.Elements : About(exchange, address, failure))
        {
            answer.Text(name, Clean(text));
        }

        return answer
            .Text("Resource", Clean(failure.Resource ?? address.Resource))
            .Text("RequestId", exchange.RequestId)
            .Text("HostId", exchange.RequestId);
    }

    /// <summary>A request may hold what XML cannot: then the client could not even read the code.</summary>
    private static string Clean(string text) => text.Any(IsNoXml)
        ? string.Concat(text.Select(c => IsNoXml(c) ? '\uFFFD' : c))
        : text;

    private static bool IsNoXml(char c) => (c < ' ' && c is not ('\t' or '\n' or '\r')) || c >= '\uFFFE';

    /// <summary>What S3 says beside these codes; all of it follows from the request.</summary>
    private static ErrorElement[] About(Exchange exchange, S3Address address, AwsException failure) =>
        failure.Code switch
        {
            "NoSuchBucket" or "InvalidBucketName" or "BucketNotEmpty" or "BucketAlreadyOwnedByYou"
                or "BucketAlreadyExists" or "NoSuchTagSet" or "NoSuchCORSConfiguration"
                or "NoSuchLifecycleConfiguration" or "NoSuchBucketPolicy" or "OwnershipControlsNotFoundError"
                or "NoSuchPublicAccessBlockConfiguration" =>
                [new("BucketName", failure.Resource?.TrimStart('/') ?? address.Bucket)],
            "NoSuchKey" => [new("Key", address.Key)],
            "MethodNotAllowed" =>
                [new("Method", exchange.Signable.Method), new("ResourceType", address.ResourceType)],
            _ => [],
        };
}
