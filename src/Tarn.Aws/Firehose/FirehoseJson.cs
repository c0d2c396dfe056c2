using System.Text.Json.Serialization;
using Tarn.Aws.Firehose.Destinations;

namespace Tarn.Aws.Firehose;

/// <summary>Inputs, and settings as they are kept. Inputs have been checked by their shapes before.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(CreateDeliveryStreamInput))]
[JsonSerializable(typeof(UpdateDestinationInput))]
[JsonSerializable(typeof(StreamDeclaration))]
[JsonSerializable(typeof(ExtendedS3Settings))]
[JsonSerializable(typeof(HttpEndpointSettings))]
[JsonSerializable(typeof(S3Settings))]
internal sealed partial class FirehoseJson : JsonSerializerContext;
