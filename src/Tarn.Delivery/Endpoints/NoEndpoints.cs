namespace Tarn.Delivery.Endpoints;

/// <summary>What a server without a front door to functions and endpoints has.</summary>
internal sealed class NoEndpoints : IRecordFunctions, IRecordEndpoint
{
    public bool Knows(string functionArn) => false;

    public Task<FunctionAnswer> InvokeAsync(FunctionCall call, CancellationToken cancellation) =>
        Task.FromResult<FunctionAnswer>(new FunctionFailure(
            "Lambda.InvokeAccessDenied", $"function '{call.FunctionArn}' is not mapped to an address", MayPass: false));

    public Task<EndpointAnswer> PostAsync(EndpointPost post, CancellationToken cancellation) =>
        Task.FromResult<EndpointAnswer>(new EndpointRefused(
            "HttpEndpoint.DestinationException", "this server posts to no endpoints", MayPass: false));
}
