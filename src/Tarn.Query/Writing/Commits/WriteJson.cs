using System.Text.Json.Serialization;

namespace Tarn.Query.Writing.Commits;

/// <summary>JSON of stored writes; enums as names.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(WriteRecord))]
internal sealed partial class WriteJson : JsonSerializerContext;
