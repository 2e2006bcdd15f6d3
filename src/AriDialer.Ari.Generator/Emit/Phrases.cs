namespace AriDialer.Ari.Generator;

/// <summary>What Asterisk's description leaves unsaid: meanings and units of fields and parameters.</summary>
internal static class Phrases
{
    private static readonly Dictionary<string, string> Fields = new()
    {
        ["SystemInfo.entity_id"] = "Asterisk's entity id: the same as in each event's AsteriskId",
        ["CallerID.name"] = "The name to show; empty when there is none",
        ["CallerID.number"] = "The number; empty when there is none",
        ["Channel.state"] = "The channel's state",
        ["Channel.caller"] = "Who is at the channel's own end",
        ["Channel.connected"] = "Who is at the other end",
        ["Channel.accountcode"] = "The account code for billing records",
        ["BridgeMerged.bridge_from"] = "The bridge whose channels moved, and which is empty now",
        ["BridgeVideoSourceChanged.old_video_source_id"] = "The channel that was the video source before",
        ["ApplicationMoveFailed.destination"] = "The application that the channel could not be moved to",
        ["StasisStart.replace_channel"] = "The channel that this one takes the place of, in a transfer",
        ["ContactStatusChange.contact_info"] = "The contact and its status",
        ["TextMessageReceived.message"] = "The message",
        ["ReferTo.requested_destination"] = "Where the transfer is to go",
        ["StoredRecording.name"] = "The recording's name, without its format",
        ["StoredRecording.format"] = "The file format",
        ["LiveRecording.state"] = "What the recording is doing",
        ["FormatLangPair.language"] = "The language of the sound file",
        ["FormatLangPair.format"] = "The format of the sound file",
        ["ContactInfo.roundtrip_usec"] = "Round trip time of the last qualify request, in microseconds",
    };

    private static readonly Dictionary<string, string> FieldsByName = new()
    {
        ["channel"] = "The channel",
        ["bridge"] = "The bridge",
        ["endpoint"] = "The endpoint",
        ["peer"] = "The peer",
    };

    private static readonly Dictionary<string, string> ParameterUnits = new()
    {
        ["dial.timeout"] = " In seconds; 0 rings without an end.",
    };

    private static readonly Dictionary<string, string> Warnings = new()
    {
        ["eventWebsocket.subscribeAll"] =
            " Leave it out: closing such a socket while a device state changes has been seen to lock every later request until Asterisk is restarted.",
        ["subscribe.eventSource"] =
            " Beware of <c>endpoint:</c> sources: each event of that endpoint's channels arrives a second time through them.",
    };

    private static readonly Dictionary<string, string> OperationNotes = new()
    {
        ["create"] =
            "Asterisk answers 409 with the same words when the endpoint cannot be reached (nobody registered, unknown technology): ask for the channel to tell the two apart.",
        ["snoopChannel"] = "The snooping channel ends with the channel that it listens to.",
        ["getChannelVars"] = "One variable that is not set fails the whole request with 404.",
        ["filter"] = "A filter lasts as long as the application's socket: set it after each connection.",
    };

    private static readonly Dictionary<string, string> EventNotes = new()
    {
        ["StasisEnd"] =
            "The channel has left, to go on in the dialplan or because it was hung up. It is the last that an application hears of a channel that came from the dialplan, unless it subscribed to <c>channel:ID</c>: ChannelDestroyed follows only then, and for channels that the application created itself.",
        ["BridgeCreated"] = "Not sent for a bridge that a request has created: an application hears of a bridge from the first channel that enters it.",
        ["Dial"] = "For a channel that was dialled by a request the statuses are empty, RINGING, PROGRESS and ANSWER; how it failed is told by the cause of ChannelDestroyed.",
        ["ChannelHangupRequest"] = "A hang-up that a request asked for shows cause 32 here and its own cause in ChannelDestroyed.",
    };

    public static string? Note(OperationDescription operation) => OperationNotes.GetValueOrDefault(operation.Nickname);

    public static string? Note(ModelDescription model) => EventNotes.GetValueOrDefault(model.Id);

    public static string Field(ModelDescription model, string name, string? description)
    {
        if (Fields.TryGetValue($"{model.Id}.{name}", out var text))
            return DocWriter.Sentence(text);
        if (string.IsNullOrWhiteSpace(description))
            return DocWriter.Sentence(FieldsByName[name]);
        var unit = model.Id == "RTPstat" && (name.Contains("jitter", StringComparison.Ordinal) || name.Contains("rtt", StringComparison.Ordinal))
            ? " In seconds."
            : "";
        return DocWriter.Sentence(description) + unit;
    }

    public static string Parameter(OperationDescription operation, ParameterDescription parameter)
    {
        var key = $"{operation.Nickname}.{parameter.Name}";
        var text = parameter.Description ?? "Names and values that the endpoint's technology adds to the message: header fields, for PJSIP";
        var unset = parameter.DefaultValue is { } value ? $" Asterisk's default: <c>{value}</c>." : "";
        return DocWriter.Sentence(text) + ParameterUnits.GetValueOrDefault(key) + DocWriter.Values(parameter.AllowableValues) + unset
            + Warnings.GetValueOrDefault(key);
    }
}
