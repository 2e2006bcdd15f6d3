using System.ComponentModel.DataAnnotations;
using AriDialer.Web.Features.Transcription.Servers;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace AriDialer.Web.Features.Transcription.EnginePages;

/// <summary>What the form of a server holds.</summary>
internal sealed class ServerInput
{
    [Display(Name = "Use it for transcripts and summaries")]
    public bool IsOn { get; set; }

    [StringLength(300, ErrorMessage = "This is too long for an address.")]
    public string? Address { get; set; }

    [StringLength(100, ErrorMessage = "This is too long for a name.")]
    public string? Model { get; set; }

    [StringLength(100, ErrorMessage = "This is too long for a name.")]
    public string? ChatModel { get; set; }

    [StringLength(100, ErrorMessage = "This is too long for a name.")]
    public string? RealtimeModel { get; set; }

    [Display(Name = "API key")]
    [DataType(DataType.Password)]
    [StringLength(500, ErrorMessage = "This is too long for a key.")]
    [RegularExpression(@"[\x21-\x7e]*", ErrorMessage = "A key has only letters, digits and signs, and no blanks.")]
    public string? Key { get; set; }

    [Display(Name = "Forget the key that is stored")]
    public bool ForgetKey { get; set; }

    public static ServerInput Of(ModelAccount account) => new()
    {
        IsOn = account.IsOn,
        Address = account.Address?.OriginalString,
        Model = account.Model,
        ChatModel = account.ChatModel,
        RealtimeModel = account.RealtimeModel,
    };

    /// <summary>Makes of what was typed an account, or says beside the field what is wrong.</summary>
    public bool TryRead(ServerKind kind, ModelStateDictionary modelState, out ModelAccount account)
    {
        var address = string.IsNullOrWhiteSpace(Address) ? new ServerAddress(null, null) : ServerAddress.Read(Address);
        if (address.Sentence is { } sentence)
            modelState.AddModelError($"Input.{nameof(Address)}", sentence);
        if (IsOn && string.IsNullOrWhiteSpace(Address))
            modelState.AddModelError($"Input.{nameof(Address)}", "It cannot be used without an address.");
        if (IsOn && Text(Model) is null && Text(ChatModel) is null && Text(RealtimeModel) is null)
            modelState.AddModelError($"Input.{nameof(Model)}", "Name at least one model.");
        if (IsOn && Text(RealtimeModel) is not null && Text(Model) is null)
            modelState.AddModelError($"Input.{nameof(Model)}", "Name a model for speech too: recordings need it.");
        account = new ModelAccount(kind, IsOn, address.Address, Text(Model), Text(ChatModel), string.IsNullOrEmpty(Key) ? null : Key)
        {
            RealtimeModel = Text(RealtimeModel),
        };
        return modelState.IsValid;
    }

    private static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}
