using System.Text;
using Tarn.Aws.Protocol.Signing;
using Tarn.Aws.Protocol.Xml;

namespace Tarn.Aws.Protocol.Query;

/// <summary>
/// The query protocol (https://smithy.io/2.0/aws/protocols/aws-query-protocol.html): a form body whose Action names the
/// operation. Spoken by STS.
/// </summary>
internal sealed class QueryProtocol(SignatureVerifier verifier, IReadOnlyList<IQueryOperation> operations)
{
    private const int BodyBytesMax = 64 * 1024;

    private static string Namespace => $"https://sts.amazonaws.com/doc/{AwsService.Sts.TargetPrefix}/";

    public async Task HandleAsync(Exchange exchange)
    {
        var service = AwsService.Sts;
        var signature = verifier.Open(exchange.Signable, service.Name);
        using var body = await exchange.ReadBodyAsync(BodyBytesMax, "RequestEntityTooLarge");
        signature.VerifyBody(body.Written.Span);

        var parameters = QueryString.Parse(Encoding.UTF8.GetString(body.Written.Span), "MalformedQueryString");
        var operation = Find(service, parameters);
        using var answer = new XmlAnswer(operation.Name + "Response", Namespace);
        answer.Open(operation.Name + "Result");
        operation.Run(new QueryCall(signature.Key, parameters, answer));
        answer.Close().Open("ResponseMetadata").Text("RequestId", exchange.RequestId).Close();
        await exchange.SendAsync(200, "text/xml", answer.Finish());
    }

    public static async Task SendErrorAsync(Exchange exchange, AwsException failure)
    {
        using var answer = new XmlAnswer("ErrorResponse", Namespace);
        answer.Open("Error")
            .Text("Type", failure.Status < 500 ? "Sender" : "Receiver")
            .Text("Code", failure.Code)
            .Text("Message", failure.Message)
            .Close()
            .Text("RequestId", exchange.RequestId);
        await exchange.SendAsync(failure.Status, "text/xml", answer.Finish());
    }

    private IQueryOperation Find(AwsService service, Dictionary<string, string> parameters)
    {
        if (!parameters.Remove("Action", out var action))
        {
            throw new AwsException("MissingAction", 400, "the request has no Action parameter");
        }

        var operation = operations.FirstOrDefault(known => known.Name == action);
        if (operation is null)
        {
            throw OperationNames.Of(service).Contains(action, StringComparer.Ordinal)
                ? new AwsException("NotImplemented", 501, $"tarn does not implement {service.Name} {action}")
                : new AwsException("InvalidAction", 400, $"{service.Name} has no operation '{action}'");
        }

        if (!parameters.Remove("Version", out var version) || version != service.TargetPrefix)
        {
            throw new AwsException(
                "InvalidAction", 400, $"{service.Name} is spoken in version {service.TargetPrefix}, not '{version}'");
        }

        if (parameters.Keys.Except(operation.Parameters).FirstOrDefault() is { } unread)
        {
            throw new AwsException(
                "InvalidParameterValue", 400, $"tarn does not support parameter '{unread}' of {service.Name} {action}");
        }

        return operation;
    }
}
