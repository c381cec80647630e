mod docx;
