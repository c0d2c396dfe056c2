namespace Tarn.Aws.Protocol.Signing;

/// <summary>The one table from a signature's fault to AWS's code and status, per protocol.</summary>
internal static class SignatureErrors
{
    public static AwsException Of(WireProtocol protocol, SignatureException failure)
    {
        var (code, status) = protocol switch
        {
            WireProtocol.Json => OfJson(failure.Fault),
            WireProtocol.Query => OfQuery(failure.Fault),
            _ => OfRest(failure.Fault),
        };
        return new AwsException(code, status, failure.Message) { Elements = failure.Elements };
    }

    private static (string Code, int Status) OfJson(SignatureFault fault) => fault switch
    {
        SignatureFault.Missing => ("MissingAuthenticationTokenException", 403),
        SignatureFault.Incomplete => ("IncompleteSignatureException", 400),
        SignatureFault.UnknownKey or SignatureFault.SessionToken => ("UnrecognizedClientException", 403),
        SignatureFault.Unsupported => ("IncompleteSignatureException", 400),
        _ => ("InvalidSignatureException", 403),
    };

    private static (string Code, int Status) OfQuery(SignatureFault fault) => fault switch
    {
        SignatureFault.Missing => ("MissingAuthenticationToken", 403),
        SignatureFault.Incomplete or SignatureFault.Unsupported => ("IncompleteSignature", 400),
        SignatureFault.UnknownKey or SignatureFault.SessionToken => ("InvalidClientTokenId", 403),
        _ => ("SignatureDoesNotMatch", 403),
    };

    private static (string Code, int Status) OfRest(SignatureFault fault) => fault switch
    {
        SignatureFault.Missing or SignatureFault.Unsigned or SignatureFault.Expired => ("AccessDenied", 403),
        SignatureFault.IncompleteQuery => ("AuthorizationQueryParametersError", 400),
        SignatureFault.TwoForms => ("InvalidArgument", 400),
        SignatureFault.Incomplete => ("AuthorizationHeaderMalformed", 400),
        SignatureFault.WrongScope => ("AuthorizationHeaderMalformed", 400),
        SignatureFault.UnknownKey => ("InvalidAccessKeyId", 403),
        SignatureFault.SessionToken => ("InvalidToken", 400),
        SignatureFault.Skewed => ("RequestTimeTooSkewed", 403),
        SignatureFault.Payload => ("XAmzContentSHA256Mismatch", 400),
        SignatureFault.Unsupported => ("NotImplemented", 501),
        _ => ("SignatureDoesNotMatch", 403),
    };
}
