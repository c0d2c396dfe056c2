using System.Text.Json.Serialization;

namespace Tarn.Query.Views;

/// <summary>JSON of views.</summary>
[JsonSourceGenerationOptions(RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(PrestoView))]
internal sealed partial class ViewJson : JsonSerializerContext;
