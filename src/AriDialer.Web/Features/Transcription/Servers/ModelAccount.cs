namespace AriDialer.Web.Features.Transcription.Servers;

/// <summary>How a server's models are reached. It is never written out as a whole: it has the key.</summary>
/// <param name="Kind">Whose manner of speaking the server has.</param>
/// <param name="IsOn">It may be used.</param>
/// <param name="Address">The address below which its interface lies, such as https://api.openai.com/v1; null where none is set.</param>
/// <param name="Model">The model that makes words of sound, with Azure its deployment; null for none.</param>
/// <param name="ChatModel">The model that is asked in words, likewise.</param>
/// <param name="Key">Null where the server wants none.</param>
internal sealed record ModelAccount(ServerKind Kind, bool IsOn, Uri? Address, string? Model, string? ChatModel, string? Key)
{
    /// <summary>The model that makes words of sound while somebody speaks, over the realtime interface; null where that is not used.</summary>
    public string? RealtimeModel { get; init; }

    /// <summary>Why it cannot make words of sound, in a sentence; null where it can.</summary>
    public string? SpeechProblem => this switch
    {
        { IsOn: false } => $"The {Kind.Name} is not used for transcripts: an administrator can turn it on under Speech engines.",
        { Address: null } => $"The {Kind.Name} has no address yet: an administrator can set it under Speech engines.",
        { Model: null or "" } => $"The {Kind.Name} has no model for speech yet: an administrator can name one under Speech engines.",
        _ => null,
    };

    public override string ToString() => Kind.Name;
}

/// <summary>Whose manner of speaking a server has.</summary>
/// <param name="Id">What settings and the database call it. It never changes.</param>
/// <param name="Name">What people call it.</param>
internal sealed record ServerKind(string Id, string Name)
{
    public static readonly ServerKind OpenAI = new("openai", "OpenAI-compatible server");
    public static readonly ServerKind Azure = new("azure", "Azure OpenAI");

    public static readonly IReadOnlyList<ServerKind> All = [OpenAI, Azure];
}
