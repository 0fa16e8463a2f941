//! What is being filled in and was not sent yet.

/// The forms of all dialogs.
#[derive(Default)]
pub(in crate::ui) struct Forms {
    pub(in crate::ui) filter: FilterForm,
    pub(in crate::ui) as_of: AsOfForm,
    pub(in crate::ui) export: ExportForm,
    pub(in crate::ui) picture: PictureForm,
}

/// The filter line as it is typed.
#[derive(Default)]
pub(in crate::ui) struct FilterForm {
    pub(in crate::ui) draft: String,
}

/// The day as it is typed.
#[derive(Default)]
pub(in crate::ui) struct AsOfForm {
    pub(in crate::ui) draft: String,
}

/// Where the list goes.
#[derive(Default)]
pub(in crate::ui) struct ExportForm {
    pub(in crate::ui) path: String,
}

/// Where the picture goes.
#[derive(Default)]
pub(in crate::ui) struct PictureForm {
    pub(in crate::ui) path: String,
}
