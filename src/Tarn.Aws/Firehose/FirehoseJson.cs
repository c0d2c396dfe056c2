using System.Text.Json.Serialization;
using Tarn.Aws.Firehose.Destinations;

namespace Tarn.Aws.Firehose;

/// <summary>Inputs, and settings as they are kept. Inputs have been checked by their shapes before.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(CreateDeliveryStreamInput))]
[JsonSerializable(typeof(DeleteDeliveryStream.Input), TypeInfoPropertyName = "DeleteInput")]
[JsonSerializable(typeof(DescribeDeliveryStream.Input), TypeInfoPropertyName = "DescribeInput")]
[JsonSerializable(typeof(ListDeliveryStreams.Input), TypeInfoPropertyName = "ListInput")]
[JsonSerializable(typeof(ListTagsForDeliveryStream.Input), TypeInfoPropertyName = "ListTagsInput")]
[JsonSerializable(typeof(TagDeliveryStream.Input), TypeInfoPropertyName = "TagInput")]
[JsonSerializable(typeof(UntagDeliveryStream.Input), TypeInfoPropertyName = "UntagInput")]
[JsonSerializable(typeof(UpdateDestinationInput))]
[JsonSerializable(typeof(StreamDeclaration))]
[JsonSerializable(typeof(S3Settings))]
[JsonSerializable(typeof(ExtendedS3Settings))]
[JsonSerializable(typeof(HttpEndpointSettings))]
internal sealed partial class FirehoseJson : JsonSerializerContext;
