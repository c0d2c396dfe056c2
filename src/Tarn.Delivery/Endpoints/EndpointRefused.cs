namespace Tarn.Delivery.Endpoints;

/// <summary>The endpoint has not taken the batch, or it is not known whether it has.</summary>
/// <param name="Code">Firehose's error code, such as <c>HttpEndpoint.DestinationException</c>.</param>
/// <param name="MayPass">True when the same post may be taken later; false when its records are to be given up.</param>
public sealed record EndpointRefused(string Code, string Message, bool MayPass) : EndpointAnswer;
